package dev.mcpguard.rego;

import dev.mcpguard.rego.builtins.BuiltinContext.Notes;
import dev.mcpguard.rego.eval.Limits;
import dev.mcpguard.rego.eval.Tracer;
import dev.mcpguard.rego.value.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one evaluation.
 *
 * @param input the input document, null for none
 * @param now the instant that {@code time.now_ns} gives
 * @param seed what random builtins derive from; the same seed repeats their values
 * @param limits the budget
 * @param strictBuiltins whether errors of builtins end the evaluation, else they are undefined
 * @param notes where {@code print} and {@code trace} write
 * @param tracer is told of rules and literals; null costs nothing
 */
public record Evaluation(
    @Nullable Value input,
    Instant now,
    long seed,
    Limits limits,
    boolean strictBuiltins,
    Notes notes,
    @Nullable Tracer tracer) {

  /** Drops what is printed. */
  public static final Notes SILENT =
      new Notes() {
        @Override
        public void print(String message) {}

        @Override
        public void trace(String note) {}
      };

  /** Standard limits, builtin errors undefined, nothing printed. */
  public static Evaluation of(@Nullable Value input, Instant now, long seed) {
    return new Evaluation(input, now, seed, Limits.STANDARD, false, SILENT, null);
  }

  public Evaluation withInput(@Nullable Value other) {
    return new Evaluation(other, now, seed, limits, strictBuiltins, notes, tracer);
  }

  public Evaluation withLimits(Limits other) {
    return new Evaluation(input, now, seed, other, strictBuiltins, notes, tracer);
  }

  public Evaluation withStrictBuiltins(boolean strict) {
    return new Evaluation(input, now, seed, limits, strict, notes, tracer);
  }

  public Evaluation withNotes(Notes other) {
    return new Evaluation(input, now, seed, limits, strictBuiltins, other, tracer);
  }

  public Evaluation withTracer(@Nullable Tracer other) {
    return new Evaluation(input, now, seed, limits, strictBuiltins, notes, other);
  }
}
