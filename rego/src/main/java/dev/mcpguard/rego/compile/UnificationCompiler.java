package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.Bindings;
import dev.mcpguard.rego.check.Variables;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code left = right}, taken apart until each equation has a side that is known. */
final class UnificationCompiler {
  private record Equation(Term left, Term right) {}

  private final Slots slots;
  private final TermCompiler terms;
  private final PatternCompiler patterns;

  UnificationCompiler(Slots slots, TermCompiler terms) {
    this.slots = slots;
    this.terms = terms;
    this.patterns = new PatternCompiler(slots, terms);
  }

  void compile(Term left, Term right, Scope scope) {
    List<Equation> open = new ArrayList<>();
    open.add(new Equation(left, right));
    while (!open.isEmpty()) {
      Equation next = open.remove(nextReady(open, scope));
      if (!solve(next, scope)) {
        open.addAll(parts(next, scope));
      }
    }
  }

  private static int nextReady(List<Equation> open, Scope scope) {
    for (int i = 0; i < open.size(); i++) {
      if (TermCompiler.isReady(open.get(i).left(), scope.bound())
          || TermCompiler.isReady(open.get(i).right(), scope.bound())) {
        return i;
      }
    }
    return 0;
  }

  private boolean solve(Equation equation, Scope scope) {
    Term left = equation.left();
    Term right = equation.right();
    boolean leftReady = TermCompiler.isReady(left, scope.bound());
    boolean rightReady = TermCompiler.isReady(right, scope.bound());
    if (leftReady && rightReady) {
      Operand[] both = terms.all(List.of(left, right), scope);
      scope.steps().add(next -> new Steps.Equal(both[0], both[1], next));
    } else if (rightReady) {
      bind(left, right, scope);
    } else if (leftReady) {
      bind(right, left, scope);
    } else {
      return false;
    }
    return true;
  }

  private void bind(Term pattern, Term known, Scope scope) {
    Operand operand = terms.compile(known, scope);
    if (pattern instanceof Term.Variable variable
        && !Variables.isDocument(variable.name())
        && scope.bound().add(variable.name())) {
      int slot = slots.of(variable.name());
      scope.steps().add(next -> new Steps.Assign(slot, operand, next));
      return;
    }
    PatternCompiler.Compiled compiled = patterns.compile(pattern, scope);
    scope.steps().add(next -> new Steps.Match(operand, compiled.pattern(), next));
    compiled.addChecks(scope);
  }

  private static List<Equation> parts(Equation equation, Scope scope) {
    if (equation.left() instanceof Term.ArrayTerm a && equation.right() instanceof Term.ArrayTerm b) {
      if (a.items().size() != b.items().size()) {
        return never(scope);
      }
      List<Equation> parts = new ArrayList<>();
      for (int i = 0; i < a.items().size(); i++) {
        parts.add(new Equation(a.items().get(i), b.items().get(i)));
      }
      return parts;
    }
    if (equation.left() instanceof Term.ObjectTerm a
        && equation.right() instanceof Term.ObjectTerm b) {
      return fields(a, b, scope);
    }
    throw new IllegalStateException("unsafe unification at " + equation.left().location());
  }

  private static List<Equation> fields(Term.ObjectTerm a, Term.ObjectTerm b, Scope scope) {
    Map<Object, Term> right = new HashMap<>();
    b.entries().forEach(e -> right.put(Bindings.keyOf(e.key()), e.value()));
    List<Equation> parts = new ArrayList<>();
    for (Term.Entry entry : a.entries()) {
      Term value = right.get(Bindings.keyOf(entry.key()));
      if (value != null) {
        parts.add(new Equation(entry.value(), value));
      }
    }
    return parts.size() == a.entries().size() && parts.size() == b.entries().size()
        ? parts
        : never(scope);
  }

  private static List<Equation> never(Scope scope) {
    scope.steps().add(next -> frame -> false);
    return List.of();
  }
}
