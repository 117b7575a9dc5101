package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.Variables;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Pattern;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;

/** Terms with variables still to be bound to patterns. */
final class PatternCompiler {
  private final Slots slots;
  private final TermCompiler terms;

  PatternCompiler(Slots slots, TermCompiler terms) {
    this.slots = slots;
    this.terms = terms;
  }

  /** A part that can only be compared once the rest of the pattern is bound. */
  private record Late(int slot, Term term) {}

  /** A pattern and the comparisons to make after it matched. */
  final class Compiled {
    private final Pattern pattern;
    private final List<Late> late;

    private Compiled(Pattern pattern, List<Late> late) {
      this.pattern = pattern;
      this.late = late;
    }

    Pattern pattern() {
      return pattern;
    }

    /** Adds the late comparisons; call after the step that matches was added. */
    void addChecks(Scope scope) {
      for (Late each : late) {
        Operand operand = terms.compile(each.term(), scope);
        scope
            .steps()
            .add(next -> new Steps.Equal(new Operand.Slot(each.slot()), operand, next));
      }
    }
  }

  /** Compiles a pattern and marks its variables as bound. */
  Compiled compile(Term term, Scope scope) {
    List<Late> late = new ArrayList<>();
    return new Compiled(pattern(term, scope, late), late);
  }

  private Pattern pattern(Term term, Scope scope, List<Late> late) {
    if (term instanceof Term.Variable variable && !Variables.isDocument(variable.name())) {
      return scope.bound().add(variable.name())
          ? new Pattern.Bind(slots.of(variable.name()))
          : new Pattern.Check(new Operand.Slot(slots.of(variable.name())));
    }
    if (TermCompiler.isReady(term, scope.bound())) {
      return new Pattern.Check(terms.compile(term, scope));
    }
    return switch (term) {
      case Term.ArrayTerm array -> {
        Pattern[] items = new Pattern[array.items().size()];
        for (int i = 0; i < items.length; i++) {
          items[i] = pattern(array.items().get(i), scope, late);
        }
        yield new Pattern.Items(items);
      }
      case Term.ObjectTerm object when keysReady(object, scope) -> fields(object, scope, late);
      default -> {
        int slot = slots.temporary();
        late.add(new Late(slot, term));
        yield new Pattern.Bind(slot);
      }
    };
  }

  private static boolean keysReady(Term.ObjectTerm object, Scope scope) {
    return object.entries().stream()
        .allMatch(entry -> TermCompiler.isReady(entry.key(), scope.bound()));
  }

  private Pattern fields(Term.ObjectTerm object, Scope scope, List<Late> late) {
    int size = object.entries().size();
    Operand[] keys = new Operand[size];
    Pattern[] values = new Pattern[size];
    for (int i = 0; i < size; i++) {
      keys[i] = terms.compile(object.entries().get(i).key(), scope);
    }
    for (int i = 0; i < size; i++) {
      values[i] = pattern(object.entries().get(i).value(), scope, late);
    }
    return new Pattern.Fields(keys, values);
  }
}
