package dev.mcpguard.rego;

import dev.mcpguard.rego.eval.QueryProgram;
import dev.mcpguard.rego.value.Value;
import java.util.function.Supplier;

/** A document path of a policy, prepared for evaluation. Immutable, for any number of threads. */
public final class EntryPoint {
  private final CompiledPolicy policy;
  private final QueryProgram plain;
  private final Supplier<QueryProgram> traced;

  EntryPoint(CompiledPolicy policy, QueryProgram plain, Supplier<QueryProgram> traced) {
    this.policy = policy;
    this.plain = plain;
    this.traced = traced;
  }

  /** Defined, Undefined or Failed; never throws for anything a policy or input can hold. */
  public Outcome evaluate(Evaluation evaluation) {
    QueryProgram program = evaluation.tracer() == null ? plain : traced.get();
    return Guarded.run(policy.context(evaluation), context -> {
      Value value = program.value(context);
      return value == null ? new Outcome.Undefined() : new Outcome.Defined(value);
    });
  }
}
