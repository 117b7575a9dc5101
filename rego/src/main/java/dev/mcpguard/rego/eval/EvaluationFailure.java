package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import org.jspecify.annotations.Nullable;

/** Ends an evaluation; the public entry points turn it into a value. Carries no stack trace. */
public final class EvaluationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  public static final String CONFLICT = "eval_conflict_error";
  public static final String BUDGET = "eval_budget_error";
  public static final String WITH = "eval_with_merge_error";

  private final String code;
  private final transient @Nullable Location location;

  public EvaluationFailure(String code, String message, @Nullable Location location) {
    super(message, null, false, false);
    this.code = code;
    this.location = location;
  }

  static EvaluationFailure completeConflict(@Nullable Location at) {
    return new EvaluationFailure(
        CONFLICT, "complete rules must not produce multiple outputs", at);
  }

  static EvaluationFailure functionConflict(@Nullable Location at) {
    return new EvaluationFailure(
        CONFLICT, "functions must not produce multiple outputs for same inputs", at);
  }

  static EvaluationFailure keyConflict(@Nullable Location at) {
    return new EvaluationFailure(CONFLICT, "object keys must be unique", at);
  }

  public String code() {
    return code;
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  public @Nullable Location location() {
    return location;
  }
}
