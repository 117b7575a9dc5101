package dev.mcpguard.rego.builtins;

/**
 * A builtin cannot answer for its operands. The evaluator makes the expression undefined, or ends
 * the evaluation if errors of builtins are strict. Carries no stack trace: it is an answer.
 */
public final class BuiltinError extends RuntimeException {
  private static final String BUILTIN = "eval_builtin_error";
  private static final String TYPE = "eval_type_error";

  private final String code;

  private BuiltinError(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** An error of the operation. */
  public static BuiltinError of(String message) {
    return new BuiltinError(BUILTIN, message);
  }

  /** An operand of a type or form that the builtin does not take. */
  public static BuiltinError type(String message) {
    return new BuiltinError(TYPE, message);
  }

  /** OPA's code, {@code eval_builtin_error} or {@code eval_type_error}. */
  public String code() {
    return code;
  }

  /** The text; OPA puts the name of the builtin and a colon before it. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
