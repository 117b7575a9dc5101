package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.CheckedRule;
import dev.mcpguard.rego.check.Variables;
import dev.mcpguard.rego.eval.Documents;
import dev.mcpguard.rego.eval.Lookup;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of input and base data before its body runs. OPA's rule index leaves a rule out when
 * a document its body reads is undefined, or is not the constant it is compared with; an error that an
 * earlier literal would have raised is then never seen. Where a literal may raise one, the same is asked here.
 */
final class RequiredDocuments {
  private final TermCompiler terms;
  private final Map<Value, Wanted> wanted = new LinkedHashMap<>();
  /** Variables that hold a document, and those that hold a constant. */
  private final Map<String, Wanted> held = new HashMap<>();

  private final Map<String, Value> constants = new HashMap<>();
  private final Walker walker = new Walker();

  /** A document and the constants it is compared with. */
  private record Wanted(Operand document, Set<Value> constants) {}

  private RequiredDocuments(TermCompiler terms) {
    this.terms = terms;
  }

  /** Puts the checks in front of a body that is about to be compiled. */
  static void require(CheckedRule rule, Body body, TermCompiler terms, Scope scope) {
    List<Literal> literals = body.literals();
    int from = 0;
    while (from < literals.size() && !mayFail(literals.get(from))) {
      from++;
    }
    if (from == literals.size() && heads(rule).stream().noneMatch(RequiredDocuments::mayFail)) {
      return;
    }
    RequiredDocuments required = new RequiredDocuments(terms);
    literals.subList(0, from).forEach(required::literal);
    // What comes before the first literal that may fail is asked there already.
    Map<Value, Integer> asked = new HashMap<>();
    required.wanted.forEach((name, document) -> asked.put(name, document.constants().size()));
    literals.subList(from, literals.size()).forEach(required::literal);
    required.walker.terms(heads(rule));
    required.wanted.forEach((name, document) -> {
      if (!Integer.valueOf(document.constants().size()).equals(asked.get(name))) {
        check(document, scope);
      }
    });
  }

  private static void check(Wanted wanted, Scope scope) {
    Operand document = wanted.document();
    if (wanted.constants().size() == 1) {
      Operand constant = new Operand.Constant(wanted.constants().iterator().next());
      scope.steps().add(next -> new Steps.Equal(document, constant, next));
    } else {
      scope.steps().add(next -> new Steps.Defined(document, next));
    }
  }

  private static List<Term> heads(CheckedRule rule) {
    List<Term> heads = new ArrayList<>(rule.suffix());
    heads.add(rule.value());
    if (rule.member() != null) {
      heads.add(rule.member());
    }
    return heads;
  }

  private static boolean mayFail(Literal literal) {
    RuleCalls calls = new RuleCalls();
    calls.literal(literal);
    return calls.found;
  }

  private static boolean mayFail(Term term) {
    RuleCalls calls = new RuleCalls();
    calls.term(term);
    return calls.found;
  }

  /** Looks for calls of rules: their values may conflict. */
  private static final class RuleCalls extends TreeWalker {
    boolean found;

    @Override
    public void variable(Term.Variable variable) {
      found |= variable.name().equals("data");
    }

    @Override
    public void call(Term.Call call) {
      found |= call.function().startsWith("data.");
      super.call(call);
    }
  }

  private void literal(Literal literal) {
    if (!literal.with().isEmpty()) {
      // OPA takes the values of the modifiers in front of the literal; what it says then is asked elsewhere.
      literal.with().forEach(with -> walker.term(with.value()));
      return;
    }
    switch (literal.statement()) {
      case Statement.Expression(Term.Call call) when isEquality(call) ->
          equality(call.arguments().get(0), call.arguments().get(1), literal.negated());
      case Statement.Unification(Term left, Term right) -> equality(left, right, literal.negated());
      case Statement.Expression(Term.Reference reference) when literal.negated() ->
          walker.terms(reference.path());
      // What is gone through is no document to OPA's index, but a reference into one.
      case Statement.SomeIn(var _, Term _, Term.Reference collection) -> walker.terms(collection.path());
      case Statement statement -> walker.statement(statement);
    }
  }

  private static boolean isEquality(Term.Call call) {
    return call.function().equals("equal") && call.arguments().size() == 2;
  }

  private void equality(Term left, Term right, boolean negated) {
    operand(left, right, negated);
    operand(right, left, negated);
  }

  private void operand(Term term, Term other, boolean negated) {
    if (term instanceof Term.Reference reference) {
      Wanted document = negated || !isIndexed(other) ? null : document(reference);
      if (document == null) {
        walker.terms(reference.path());
      } else {
        compare(document, other);
      }
    } else if (term instanceof Term.Variable variable && other instanceof Term.Constant constant && !negated) {
      constants.put(variable.name(), constant.value());
      Wanted document = held.get(variable.name());
      if (document != null) {
        document.constants().add(constant.value());
      }
    } else {
      walker.term(term);
    }
  }

  private void compare(Wanted document, Term other) {
    if (other instanceof Term.Constant constant) {
      document.constants().add(constant.value());
    } else if (other instanceof Term.Variable variable) {
      held.put(variable.name(), document);
      Value constant = constants.get(variable.name());
      if (constant != null) {
        document.constants().add(constant);
      }
    }
  }

  /** What OPA's index can compare a document with; what a call gives is in a variable by then. */
  private static boolean isIndexed(Term other) {
    return switch (other) {
      case Term.Constant _, Term.Call _ -> true;
      case Term.Variable variable -> !Variables.isDocument(variable.name());
      case Term.ArrayTerm array ->
          array.items().stream()
              .allMatch(item -> item instanceof Term.Constant || item instanceof Term.Variable);
      default -> false;
    };
  }

  /** Notes a document of known path on which no rule lies; null for every other reference. */
  private @Nullable Wanted document(Term.Reference reference) {
    if (!(reference.head() instanceof Term.Variable head && Variables.isDocument(head.name()))) {
      return null;
    }
    List<Value> path = new ArrayList<>(List.of(StringValue.of(head.name())));
    for (Term part : reference.path()) {
      if (!(part instanceof Term.Constant constant)) {
        return null;
      }
      path.add(constant.value());
    }
    Operand operand = terms.compile(reference, new Scope(new Sequence(), Set.of()));
    return operand instanceof Lookup.Input || operand instanceof Documents.Base
        ? wanted.computeIfAbsent(
            ArrayValue.of(path), key -> new Wanted(operand, new HashSet<>()))
        : null;
  }

  /** Finds documents outside closures; OPA asks nothing of what stands within them. */
  private final class Walker extends TreeWalker {
    @Override
    public void reference(Term.Reference reference) {
      if (document(reference) == null) {
        if (!(reference.head() instanceof Term.Variable)) {
          term(reference.head());
        }
        terms(reference.path());
      }
    }

    @Override
    public void comprehension(Body body, List<Term> heads, Term whole) {}

    @Override
    public void every(Statement.Every every) {
      term(every.domain());
    }
  }
}
