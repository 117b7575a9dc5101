package dev.mcpguard.front;

import dev.mcpguard.model.Denial;
import dev.mcpguard.model.ReasonCode;
import java.util.Set;

/**
 * Whether a refused {@code tools/call} is a JSON-RPC error or a result with {@code isError}
 * (configuration {@code denials.form}).
 *
 * @param result whether every denial of the guard's own block is a result; {@code rate-limited} is
 *     none, for HTTP says it by its status
 * @param alwaysResult reasons that are a result whatever the general form
 */
public record DenialForm(boolean result, Set<ReasonCode> alwaysResult) {
  private static final int OWN_BLOCK_FIRST = -31099;
  private static final int OWN_BLOCK_LAST = -31000;

  /** Errors, the default: unambiguous for programs. */
  public static final DenialForm ERROR = new DenialForm(false, Set.of());

  /** Results: clients should show them to the model, which may adapt. */
  public static final DenialForm RESULT = new DenialForm(true, Set.of());

  public DenialForm {
    alwaysResult = Set.copyOf(alwaysResult);
  }

  /** Errors, but a missing intent is a result: for routes that ask for intent by flat arguments. */
  public static DenialForm errorsButMissingIntent() {
    return new DenialForm(false, Set.of(ReasonCode.INTENT_MISSING));
  }

  boolean isResult(ReasonCode reason, int code) {
    return reason.denial() == Denial.TOOL_RESULT
        || alwaysResult.contains(reason)
        || (result && reason != ReasonCode.RATE_LIMITED && code >= OWN_BLOCK_FIRST && code <= OWN_BLOCK_LAST);
  }
}
