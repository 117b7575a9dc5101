package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.FunctionTable;
import dev.mcpguard.rego.check.Variables;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Pattern;
import dev.mcpguard.rego.eval.Step;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.eval.TraceStep;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies in safe order to steps. */
final class BodyCompiler {
  private final Linker linker;
  private final Slots slots;
  private final TermCompiler terms;
  private final PatternCompiler patterns;
  private final UnificationCompiler unifications;
  private final WithCompiler withs;

  BodyCompiler(Linker linker, Slots slots) {
    this.linker = linker;
    this.slots = slots;
    this.terms = new TermCompiler(linker, slots, this);
    this.patterns = new PatternCompiler(slots, terms);
    this.unifications = new UnificationCompiler(slots, terms);
    this.withs = new WithCompiler(linker, slots, terms);
  }

  TermCompiler terms() {
    return terms;
  }

  PatternCompiler patterns() {
    return patterns;
  }

  void compile(Body body, Scope scope) {
    for (Literal literal : body.literals()) {
      trace(literal, false, scope);
      literal(literal, scope);
      trace(literal, true, scope);
    }
  }

  private void trace(Literal literal, boolean held, Scope scope) {
    if (!linker.traced()) {
      return;
    }
    Map<String, Integer> variables = new LinkedHashMap<>();
    for (String name : scope.bound()) {
      Term.Variable variable = new Term.Variable(name, literal.location());
      if (!variable.isWildcard()) {
        variables.put(variable.shown(), slots.of(name));
      }
    }
    scope
        .steps()
        .add(next -> new TraceStep(literal.location(), held, Map.copyOf(variables), next));
  }

  private void literal(Literal literal, Scope scope) {
    if (literal.with().isEmpty()) {
      plain(literal, scope);
      return;
    }
    withs.wrap(literal.with(), scope, inner -> plain(literal, inner));
  }

  private void plain(Literal literal, Scope scope) {
    if (literal.negated()) {
      negated(literal.statement(), scope);
    } else {
      statement(literal.statement(), scope);
    }
  }

  /**
   * As in OPA, only the outermost reference or comparison is inside the negation: when an argument
   * of a negated call is undefined, the literal fails.
   */
  private void negated(Statement statement, Scope scope) {
    Statement outermost =
        switch (statement) {
          case Statement.Expression s when s.term() instanceof Term.Call call ->
              negatedCall(call, scope);
          case Statement.Expression s -> new Statement.Expression(hoistInside(s.term(), scope));
          case Statement.Unification s ->
              new Statement.Unification(
                  hoistInside(s.left(), scope), hoistInside(s.right(), scope));
          case Statement.Every s ->
              new Statement.Every(s.key(), s.value(), hoist(s.domain(), scope), s.body());
          case Statement.SomeIn s -> s;
          case Statement.Assignment s -> s;
          case Statement.SomeDeclaration s -> s;
        };
    Scope inner = scope.closure();
    statement(outermost, inner);
    Step body = inner.steps().link(Step.STOP);
    scope.steps().add(next -> new Steps.Not(body, next));
  }

  private Statement negatedCall(Term.Call call, Scope scope) {
    boolean equality = call.function().equals("equal");
    List<Term> arguments = new ArrayList<>();
    for (Term argument : call.arguments()) {
      arguments.add(equality ? hoistInside(argument, scope) : hoist(argument, scope));
    }
    FunctionTable functions = linker.modules().functions();
    int arity = functions.arity(call.function());
    if (arguments.size() == arity + 1 && !functions.variadic(call.function())) {
      Term inner =
          new Term.Call(call.function(), arguments.subList(0, arity), call.location());
      return new Statement.Unification(arguments.getLast(), inner);
    }
    return new Statement.Expression(new Term.Call(call.function(), arguments, call.location()));
  }

  /** Evaluates a term before the negation and leaves a variable in its place. */
  private Term hoist(Term term, Scope scope) {
    if (term instanceof Term.Constant
        || term instanceof Term.Variable v && !Variables.isDocument(v.name())) {
      return term;
    }
    Operand operand = terms.compile(term, scope);
    Term.Variable held = new Term.Variable(Term.WILDCARD + "n" + slots.temporary(), term.location());
    scope.bound().add(held.name());
    int slot = slots.of(held.name());
    scope.steps().add(next -> new Steps.Assign(slot, operand, next));
    return held;
  }

  private Term hoistInside(Term term, Scope scope) {
    if (!(term instanceof Term.Reference reference)) {
      return hoist(term, scope);
    }
    Term head =
        reference.head() instanceof Term.Variable
            ? reference.head()
            : hoist(reference.head(), scope);
    List<Term> path = new ArrayList<>();
    reference.path().forEach(part -> path.add(hoist(part, scope)));
    return new Term.Reference(head, path, reference.location());
  }

  private void statement(Statement statement, Scope scope) {
    switch (statement) {
      case Statement.Expression s -> expression(s.term(), scope);
      case Statement.Unification s -> unifications.compile(s.left(), s.right(), scope);
      case Statement.SomeIn s -> {
        Operand source = terms.compile(s.collection(), scope);
        iterate(source, s.key(), s.value(), scope);
      }
      case Statement.Every s -> every(s, scope);
      case Statement.Assignment _, Statement.SomeDeclaration _ ->
          throw new IllegalStateException("declarations are resolved before");
    }
  }

  private void expression(Term term, Scope scope) {
    if (term instanceof Term.Call call && call.function().equals("print")) {
      Operand[] arguments = terms.all(call.arguments(), scope);
      scope
          .steps()
          .add(next -> new Steps.Print(arguments, call.location().toString(), next));
      return;
    }
    Operand operand = terms.compile(term, scope);
    scope.steps().add(next -> new Steps.Truth(operand, next));
  }

  private void iterate(
      Operand source, @org.jspecify.annotations.Nullable Term key, Term value, Scope scope) {
    PatternCompiler.Compiled k = key == null ? null : patterns.compile(key, scope);
    PatternCompiler.Compiled v = patterns.compile(value, scope);
    Pattern keyPattern = k == null ? Pattern.ANY : k.pattern();
    scope.steps().add(next -> new Steps.Iterate(source, keyPattern, v.pattern(), next));
    if (k != null) {
      k.addChecks(scope);
    }
    v.addChecks(scope);
  }

  private void every(Statement.Every every, Scope scope) {
    Operand domain = terms.compile(every.domain(), scope);
    Scope inner = scope.closure();
    Term key = every.key();
    Pattern k = key == null ? Pattern.ANY : patterns.compile(key, inner).pattern();
    Pattern v = patterns.compile(every.value(), inner).pattern();
    compile(every.body(), inner);
    Step body = inner.steps().link(Step.STOP);
    scope.steps().add(next -> new Steps.Every(domain, k, v, body, next));
  }
}
