package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rewrites terms: names to documents or unique variables, calls to full function names. */
final class TermResolver {
  private final ModuleNames names;
  private final FunctionTable functions;
  private final Errors errors;
  private final BodyResolver bodies;
  private MetadataSource metadata = MetadataSource.NONE;

  /** Answers {@code rego.metadata.rule()} and {@code chain()} for the rule being resolved. */
  interface MetadataSource {
    MetadataSource NONE = chain -> null;

    @Nullable Value find(boolean chain);
  }

  TermResolver(ModuleNames names, FunctionTable functions, Errors errors, BodyResolver bodies) {
    this.names = names;
    this.functions = functions;
    this.errors = errors;
    this.bodies = bodies;
  }

  void metadata(MetadataSource source) {
    metadata = source;
  }

  List<Term> all(List<Term> terms, Scope scope) {
    List<Term> resolved = new ArrayList<>(terms.size());
    terms.forEach(term -> resolved.add(term(term, scope)));
    return resolved;
  }

  Term term(Term term, Scope scope) {
    return switch (term) {
      case Term.Constant constant -> constant;
      case Term.Variable variable -> variable(variable, List.of(), scope);
      case Term.Reference reference -> reference(reference, scope);
      case Term.Call call -> call(call, scope);
      case Term.ArrayTerm array -> new Term.ArrayTerm(all(array.items(), scope), array.location());
      case Term.SetTerm set -> new Term.SetTerm(all(set.items(), scope), set.location());
      case Term.ObjectTerm object -> object(object, scope);
      case Term.ArrayComprehension c -> {
        Scope inner = new Scope(scope);
        Body body = bodies.body(c.body(), inner);
        Term head = term(c.head(), inner);
        bodies.close(inner);
        yield new Term.ArrayComprehension(head, BareTrue.body(body, head), c.location());
      }
      case Term.SetComprehension c -> {
        Scope inner = new Scope(scope);
        Body body = bodies.body(c.body(), inner);
        Term head = term(c.head(), inner);
        bodies.close(inner);
        yield new Term.SetComprehension(head, BareTrue.body(body, head), c.location());
      }
      case Term.ObjectComprehension c -> {
        Scope inner = new Scope(scope);
        Body body = bodies.body(c.body(), inner);
        Term key = term(c.key(), inner);
        Term value = term(c.value(), inner);
        bodies.close(inner);
        Body kept = BareTrue.body(body, key, value);
        yield new Term.ObjectComprehension(key, value, kept, c.location());
      }
      case Term.Template template ->
          new Term.Template(all(template.parts(), scope), template.location());
    };
  }

  private Term object(Term.ObjectTerm object, Scope scope) {
    List<Term.Entry> entries = new ArrayList<>();
    for (Term.Entry entry : object.entries()) {
      entries.add(new Term.Entry(term(entry.key(), scope), term(entry.value(), scope)));
    }
    return new Term.ObjectTerm(entries, object.location());
  }

  private Term variable(Term.Variable variable, List<Term> path, Scope scope) {
    Location at = variable.location();
    Scope.Declared declared = scope.find(variable.name());
    Term head = declared == null ? variable : new Term.Variable(declared.unique, at);
    if (declared == null) {
      List<String> document = names.path(variable.name());
      if (document != null) {
        return ModuleNames.reference(document, path, at);
      }
    }
    return path.isEmpty() ? head : new Term.Reference(head, path, at);
  }

  private Term reference(Term.Reference reference, Scope scope) {
    List<Term> path = all(reference.path(), scope);
    if (reference.head() instanceof Term.Variable variable) {
      return variable(variable, path, scope);
    }
    return new Term.Reference(term(reference.head(), scope), path, reference.location());
  }

  private Term call(Term.Call call, Scope scope) {
    if (call.function().startsWith("rego.metadata.")) {
      Value found = metadata.find(call.function().equals("rego.metadata.chain"));
      if (!call.arguments().isEmpty()) {
        errors.type(call.location(), "function " + call.function() + " takes no arguments");
      }
      if (found != null) {
        return new Term.Constant(found, call.location());
      }
    }
    String name = functionName(call.function(), call.location(), scope);
    List<Term> arguments = all(call.arguments(), scope);
    checkFunction(name, call);
    return new Term.Call(name, arguments, call.location());
  }

  private String functionName(String written, Location at, Scope scope) {
    int dot = written.indexOf('.');
    String first = dot < 0 ? written : written.substring(0, dot);
    if (scope.find(first) != null) {
      errors.compile(at, "called function " + written + " shadowed");
      return written;
    }
    List<String> path = names.path(first);
    return path == null ? written : String.join(".", path) + written.substring(first.length());
  }

  private void checkFunction(String name, Term.Call call) {
    String refusal = functions.refusal(name);
    if (functions.exists(name)) {
      return;
    }
    errors.type(
        call.location(),
        refusal == null
            ? "undefined function " + name
            : "builtin `" + name + "` is not supported: " + refusal);
  }

  /** A {@code with} target or a function given as its value: functions become empty calls. */
  Term withTerm(Term term, Scope scope, boolean target) {
    String dotted = dotted(term);
    if (dotted != null) {
      int dot = dotted.indexOf('.');
      String first = dot < 0 ? dotted : dotted.substring(0, dot);
      if (scope.find(first) == null) {
        List<String> path = names.path(first);
        String name = path == null ? dotted : String.join(".", path) + dotted.substring(first.length());
        if (functions.exists(name)) {
          return new Term.Call(name, List.of(), term.location());
        }
        String refusal = target ? functions.refusal(name) : null;
        if (refusal != null) {
          errors.type(
              term.location(), "builtin `" + name + "` is not supported: " + refusal);
        }
      }
    }
    return term(term, scope);
  }

  private static @Nullable String dotted(Term term) {
    if (term instanceof Term.Variable variable) {
      return variable.name();
    }
    if (!(term instanceof Term.Reference reference
        && reference.head() instanceof Term.Variable head)) {
      return null;
    }
    StringBuilder text = new StringBuilder(head.name());
    for (Term part : reference.path()) {
      if (!(part instanceof Term.Constant c && c.value() instanceof StringValue s)) {
        return null;
      }
      text.append('.').append(s.text());
    }
    return text.toString();
  }

  /** A print argument is the set of its values, so that undefined ones are printed too. */
  Term printed(Term argument, String wildcard) {
    if (argument instanceof Term.Constant) {
      return argument;
    }
    Location at = argument.location();
    Term.Variable value = new Term.Variable(wildcard, at);
    Literal literal = new Literal(new Statement.Unification(value, argument), at);
    return new Term.SetComprehension(value, new Body(List.of(literal)), at);
  }
}
