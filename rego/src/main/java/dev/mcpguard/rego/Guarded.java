package dev.mcpguard.rego;

import dev.mcpguard.rego.eval.Context;
import dev.mcpguard.rego.eval.EvaluationFailure;
import dev.mcpguard.rego.eval.Execution;
import dev.mcpguard.rego.syntax.Location;
import java.util.function.Function;

/** Turns what ends an evaluation into outcomes. */
final class Guarded {
  private Guarded() {}

  /** What the work in this context gives; a failure without a place of its own has that of the rule or call it ended. */
  static Outcome run(Context context, Function<Context, Outcome> work) {
    Execution execution = context.execution();
    try {
      return work.apply(context);
    } catch (EvaluationFailure failure) {
      Location own = failure.location();
      return new Outcome.Failed(
          failure.code(), failure.text(), own == null ? execution.endedAt() : own);
    } catch (StackOverflowError tooDeep) {
      return new Outcome.Failed(
          EvaluationFailure.BUDGET,
          "evaluation stopped by its budget: values or rules are nested too deeply",
          execution.endedAt());
    }
  }
}
