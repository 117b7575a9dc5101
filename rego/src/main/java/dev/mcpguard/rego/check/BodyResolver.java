package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves bodies statement by statement, declaring variables as it goes. */
final class BodyResolver {
  private final FunctionTable functions;
  private final Errors errors;
  private final StrictRules strict;
  private final TermResolver terms;
  private int unique;

  BodyResolver(ModuleNames names, FunctionTable functions, Errors errors, StrictRules strict) {
    this.functions = functions;
    this.errors = errors;
    this.strict = strict;
    this.terms = new TermResolver(names, functions, errors, this);
  }

  TermResolver terms() {
    return terms;
  }

  Body body(Body body, Scope scope) {
    List<Literal> literals = new ArrayList<>();
    for (Literal literal : body.literals()) {
      Literal resolved = literal(literal, scope);
      if (resolved != null) {
        literals.add(resolved);
      }
    }
    return new Body(literals);
  }

  private @Nullable Literal literal(Literal literal, Scope scope) {
    List<Literal.With> modifiers = new ArrayList<>();
    for (Literal.With with : literal.with()) {
      Term target = terms.withTerm(with.target(), scope, true);
      Term value =
          target instanceof Term.Call
              ? terms.withTerm(with.value(), scope, false)
              : terms.term(with.value(), scope);
      modifiers.add(new Literal.With(target, value, with.location()));
    }
    if (literal.negated() && literal.statement() instanceof Statement.Assignment) {
      errors.compile(literal.location(), "cannot assign vars inside negated expression");
    }
    Statement statement =
        literal.negated() && literal.statement() instanceof Statement.Expression(Term term)
            ? new Statement.Expression(terms.term(term, scope))
            : statement(literal.statement(), scope);
    return statement == null
        ? null
        : new Literal(statement, literal.negated(), modifiers, literal.location());
  }

  private @Nullable Statement statement(Statement statement, Scope scope) {
    return switch (statement) {
      case Statement.Expression s -> expression(s.term(), scope);
      case Statement.Unification s ->
          new Statement.Unification(terms.term(s.left(), scope), terms.term(s.right(), scope));
      case Statement.Assignment s -> {
        if (s.left() instanceof Term.Variable variable && Variables.isDocument(variable.name())) {
          errors.compile(
              variable.location(), "variables must not shadow " + variable.name()
                  + " (use a different variable name)");
        }
        Term right = terms.term(s.right(), scope);
        yield new Statement.Unification(pattern(s.left(), scope, Scope.How.ASSIGNED), right);
      }
      case Statement.SomeDeclaration s -> {
        s.variables().forEach(v -> declare(v, scope, Scope.How.DECLARED));
        yield null;
      }
      case Statement.SomeIn s -> {
        Term collection = terms.term(s.collection(), scope);
        // A name may stand in several places of one pattern, but not be declared twice.
        Set<String> before = Set.copyOf(scope.all().keySet());
        Scope.How how = Scope.How.MATCHED;
        Term key = s.key() == null ? null : declaring(s.key(), scope, how, before);
        yield new Statement.SomeIn(key, declaring(s.value(), scope, how, before), collection);
      }
      case Statement.Every s -> every(s, scope);
    };
  }

  private Statement every(Statement.Every every, Scope scope) {
    Term domain = terms.term(every.domain(), scope);
    Scope inner = new Scope(scope);
    Term key = every.key() == null ? null : everyVariable(every.key(), inner);
    Term value = everyVariable(every.value(), inner);
    Body body = body(every.body(), inner);
    close(inner);
    return new Statement.Every(key, value, domain, body);
  }

  private Term everyVariable(Term term, Scope inner) {
    if (!(term instanceof Term.Variable)) {
      errors.compile(term.location(), "`every` takes variables before `in`");
    }
    return declaring(term, inner, Scope.How.DECLARED, Set.of());
  }

  private Statement expression(Term term, Scope scope) {
    Term resolved = terms.term(term, scope);
    if (!(resolved instanceof Term.Call call)) {
      return new Statement.Expression(resolved);
    }
    if (call.function().equals("print")) {
      List<Term> printed = new ArrayList<>();
      call.arguments().forEach(a -> printed.add(terms.printed(a, Term.WILDCARD + "p" + unique++)));
      return new Statement.Expression(new Term.Call("print", printed, call.location()));
    }
    int arity = functions.arity(call.function());
    int given = call.arguments().size();
    if ((call.function().equals("eq") || call.function().equals("assign")) && given == 2) {
      return new Statement.Unification(call.arguments().get(0), call.arguments().get(1));
    }
    if (arity >= 0 && given == arity + 1 && !functions.variadic(call.function())) {
      Term inner =
          new Term.Call(call.function(), call.arguments().subList(0, arity), call.location());
      return new Statement.Unification(call.arguments().getLast(), inner);
    }
    return new Statement.Expression(resolved);
  }

  /** The left side of {@code :=}: names, and arrays and objects of them. */
  private Term pattern(Term term, Scope scope, Scope.How how) {
    return switch (term) {
      case Term.Variable variable -> declare(variable, scope, how);
      case Term.ArrayTerm array -> {
        List<Term> items = new ArrayList<>();
        array.items().forEach(item -> items.add(pattern(item, scope, how)));
        yield new Term.ArrayTerm(items, array.location());
      }
      case Term.ObjectTerm object -> {
        List<Term.Entry> entries = new ArrayList<>();
        for (Term.Entry entry : object.entries()) {
          Term key = terms.term(entry.key(), scope);
          entries.add(new Term.Entry(key, pattern(entry.value(), scope, how)));
        }
        yield new Term.ObjectTerm(entries, object.location());
      }
      default -> {
        errors.compile(term.location(), "cannot assign to " + describe(term));
        yield terms.term(term, scope);
      }
    };
  }

  private static String describe(Term term) {
    return switch (term) {
      case Term.Reference _, Term.Variable _ -> "ref";
      case Term.Call _ -> "call";
      case Term.SetTerm _ -> "set";
      case Term.Template _ -> "template string";
      case Term.ArrayComprehension _, Term.SetComprehension _, Term.ObjectComprehension _ ->
          "comprehension";
      case Term.Constant _ -> "constant";
      case Term.ArrayTerm _ -> "array";
      case Term.ObjectTerm _ -> "object";
    };
  }

  /** Declares the variables of a pattern; names not declared {@code before} may repeat in it. */
  private Term declaring(Term term, Scope scope, Scope.How how, Set<String> before) {
    return switch (term) {
      case Term.Variable variable
          when scope.here(variable.name()) != null && !before.contains(variable.name()) ->
          terms.term(variable, scope);
      case Term.Variable variable -> declare(variable, scope, how);
      case Term.ArrayTerm array -> {
        List<Term> items = new ArrayList<>();
        array.items().forEach(item -> items.add(declaring(item, scope, how, before)));
        yield new Term.ArrayTerm(items, array.location());
      }
      case Term.ObjectTerm object -> {
        List<Term.Entry> entries = new ArrayList<>();
        for (Term.Entry entry : object.entries()) {
          Term key = terms.term(entry.key(), scope);
          entries.add(new Term.Entry(key, declaring(entry.value(), scope, how, before)));
        }
        yield new Term.ObjectTerm(entries, object.location());
      }
      default -> terms.term(term, scope);
    };
  }

  void close(Scope scope) {
    strict.unused(scope);
  }

  /** An argument may be read in any branch of its rule. */
  void closeArguments(List<Scope> branches) {
    strict.unusedArguments(branches);
  }

  Term argument(Term term, Scope scope) {
    return declaring(term, scope, Scope.How.ARGUMENT, Set.of());
  }

  private Term declare(Term.Variable variable, Scope scope, Scope.How how) {
    String name = variable.name();
    Location at = variable.location();
    if (variable.isWildcard()) {
      return variable;
    }
    strict.shadowed(variable);
    Scope.Declared known = scope.here(name);
    if (known != null) {
      errors.compile(
          at,
          known.how == Scope.How.ARGUMENT
              ? "arg " + name + " redeclared"
              : "var " + name + " " + known.how.shown + " above");
      return new Term.Variable(known.unique, at);
    }
    if (scope.seen(name)) {
      errors.compile(at, "var " + name + " referenced above");
    }
    Scope.Declared declared = new Scope.Declared(name + "#" + unique++, how, at);
    scope.declare(name, declared);
    return new Term.Variable(declared.unique, at);
  }
}
