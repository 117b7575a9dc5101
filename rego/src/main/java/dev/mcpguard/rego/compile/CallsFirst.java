package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of evaluation within an expression: as in OPA, calls of rules come before references that
 * stand beside them. It shows when the one ends in an error and the other is undefined.
 */
final class CallsFirst {
  private final Slots slots;
  private final TermCompiler terms;

  CallsFirst(Slots slots, TermCompiler terms) {
    this.slots = slots;
    this.terms = terms;
  }

  /** The terms, in which calls behind a reference are replaced by variables that are bound already. */
  List<Term> of(List<Term> siblings, Scope scope) {
    if (siblings.size() < 2 || siblings.stream().noneMatch(CallsFirst::calls)) {
      return siblings;
    }
    boolean behindReference = false;
    int last = -1;
    for (int i = 0; i < siblings.size(); i++) {
      last = behindReference && calls(siblings.get(i)) ? i : last;
      behindReference |= refers(siblings.get(i));
    }
    List<Term> ordered = new ArrayList<>(siblings);
    for (int i = 0; i <= last; i++) {
      ordered.set(i, hoisted(siblings.get(i), scope));
    }
    return ordered;
  }

  private Term hoisted(Term term, Scope scope) {
    return switch (term) {
      case Term.Call call -> {
        Term.Call inner = new Term.Call(call.function(), each(call.arguments(), scope), call.location());
        yield TermCompiler.isReady(inner, scope.bound()) ? held(inner, scope) : inner;
      }
      case Term.ArrayTerm array -> new Term.ArrayTerm(each(array.items(), scope), array.location());
      case Term.SetTerm set -> new Term.SetTerm(each(set.items(), scope), set.location());
      case Term.ObjectTerm object ->
          new Term.ObjectTerm(
              object.entries().stream()
                  .map(e -> new Term.Entry(hoisted(e.key(), scope), hoisted(e.value(), scope)))
                  .toList(),
              object.location());
      default -> term;
    };
  }

  private List<Term> each(List<Term> all, Scope scope) {
    return all.stream().map(term -> hoisted(term, scope)).toList();
  }

  private Term held(Term.Call call, Scope scope) {
    Operand operand = terms.compile(call, scope);
    Term.Variable held =
        new Term.Variable(Term.WILDCARD + "c" + slots.temporary(), call.location());
    scope.bound().add(held.name());
    int slot = slots.of(held.name());
    scope.steps().add(next -> new Steps.Assign(slot, operand, next));
    return held;
  }

  private static boolean isRule(Term.Call call) {
    return call.function().startsWith("data.");
  }

  private static boolean calls(Term term) {
    boolean[] found = {false};
    new TreeWalker() {
      @Override
      public void call(Term.Call call) {
        found[0] |= isRule(call);
        super.call(call);
      }

      @Override
      public void comprehension(Body body, List<Term> heads, Term whole) {}
    }.term(term);
    return found[0];
  }

  private static boolean refers(Term term) {
    boolean[] found = {false};
    new TreeWalker() {
      @Override
      public void reference(Term.Reference reference) {
        found[0] = true;
      }

      @Override
      public void call(Term.Call call) {}

      @Override
      public void comprehension(Body body, List<Term> heads, Term whole) {}
    }.term(term);
    return found[0];
  }
}
