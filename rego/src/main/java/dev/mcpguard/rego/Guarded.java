package dev.mcpguard.rego;

import dev.mcpguard.rego.eval.EvaluationFailure;
import java.util.function.Supplier;

/** Turns what ends an evaluation into outcomes. */
final class Guarded {
  private Guarded() {}

  static Outcome run(Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (EvaluationFailure failure) {
      return new Outcome.Failed(failure.code(), failure.text(), failure.location());
    } catch (StackOverflowError tooDeep) {
      return new Outcome.Failed(
          EvaluationFailure.BUDGET,
          "evaluation stopped by its budget: values or rules are nested too deeply",
          null);
    }
  }
}
