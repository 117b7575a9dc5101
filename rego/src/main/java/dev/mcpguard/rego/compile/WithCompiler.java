package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.check.FunctionTable;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Replacement;
import dev.mcpguard.rego.eval.WithStep;
import dev.mcpguard.rego.eval.WithStep.Change;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code with} around literals. */
final class WithCompiler {
  private final Linker linker;
  private final Slots slots;
  private final TermCompiler terms;

  WithCompiler(Linker linker, Slots slots, TermCompiler terms) {
    this.linker = linker;
    this.slots = slots;
    this.terms = terms;
  }

  void wrap(List<Literal.With> modifiers, Scope scope, Consumer<Scope> inside) {
    List<Change> changes = new ArrayList<>();
    for (Literal.With with : modifiers) {
      changes.add(change(with, scope));
    }
    int sink = slots.sink();
    Sequence inner = new Sequence();
    inside.accept(scope.into(inner));
    scope
        .steps()
        .add(next -> new WithStep(changes, sink, inner.link(new WithStep.Leave(sink, next))));
  }

  private Change change(Literal.With with, Scope scope) {
    if (with.target() instanceof Term.Call function) {
      return function(function.function(), with.value(), scope);
    }
    Operand value = terms.compile(with.value(), scope);
    // A slot keeps the value as it is outside, whatever an earlier modifier replaces.
    int held = slots.temporary();
    scope
        .steps()
        .add(next -> new dev.mcpguard.rego.eval.Steps.Assign(held, value, next));
    Operand slot = new Operand.Slot(held);
    Value[] path = path(with.target());
    return isInput(with.target())
        ? new Change.OfInput(path, slot)
        : new Change.OfData(path, slot);
  }

  private Change function(String name, Term value, Scope scope) {
    Replacement replacement = replacement(value);
    if (replacement != null) {
      return new Change.ByFunction(name, replacement);
    }
    Operand operand = terms.compile(value, scope);
    return new Change.OfFunction(name, operand);
  }

  private @Nullable Replacement replacement(Term value) {
    if (!(value instanceof Term.Call call && call.arguments().isEmpty())) {
      return null;
    }
    FunctionTable functions = linker.modules().functions();
    RuleGroup rule = functions.rule(call.function());
    if (rule != null) {
      return new Replacement.ByRule(linker.group(rule));
    }
    Builtin builtin = functions.builtin(call.function());
    return builtin == null || builtin.type().arity() == 0
        ? null
        : new Replacement.ByBuiltin(builtin);
  }

  private static boolean isInput(Term target) {
    Term root = target instanceof Term.Reference reference ? reference.head() : target;
    return root instanceof Term.Variable variable && variable.name().equals("input");
  }

  private static Value[] path(Term target) {
    if (!(target instanceof Term.Reference reference)) {
      return new Value[0];
    }
    return reference.path().stream()
        .map(part -> ((Term.Constant) part).value())
        .toArray(Value[]::new);
  }
}
