package dev.mcpguard.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request did not get what it asked for. One enumeration, spelled the same in Rego, audit
 * records, client errors and docs ({@code docs/reason-codes.md}); a test compares them. Codes are
 * never re-used.
 */
public enum ReasonCode {
  // Before identity.
  ORIGIN_REFUSED(Denial.HTTP_403),
  HOST_REFUSED(Denial.HTTP_403),
  UNAUTHENTICATED(Denial.CHALLENGE),
  SCOPE_INSUFFICIENT(Denial.CHALLENGE),
  TOO_LARGE(Denial.HTTP_413),
  OVERLOADED(Denial.HTTP_503),
  // The protocol.
  MALFORMED(Denial.PARSE_ERROR),
  REQUEST_INVALID(Denial.INVALID_REQUEST),
  METHOD_UNKNOWN(Denial.METHOD_NOT_FOUND),
  PARAMS_INVALID(Denial.INVALID_PARAMS),
  HEADER_MISMATCH(Denial.HEADER_MISMATCH),
  CAPABILITY_MISSING(Denial.CAPABILITY_REQUIRED),
  VERSION_UNSUPPORTED(Denial.UNSUPPORTED_VERSION),
  SESSION_UNKNOWN(Denial.HTTP_404),
  SESSION_MISSING(Denial.HTTP_400),
  RECORD_TOO_LARGE(Denial.INVALID_REQUEST),
  CLIENT_GONE(Denial.NONE),
  // The registry. TOOL_UNKNOWN covers what the caller may not see: the bytes are the same for both.
  TOOL_UNKNOWN(Denial.INVALID_PARAMS),
  TOOL_QUARANTINED(Denial.TOOL_UNAVAILABLE),
  TOOL_CHANGED(Denial.TOOL_UNAVAILABLE),
  ARGUMENTS_INVALID(Denial.TOOL_RESULT),
  // The agent register.
  AGENT_UNREGISTERED(Denial.POLICY_DENIED),
  AGENT_DISABLED(Denial.POLICY_DENIED),
  AGENT_OVERDUE(Denial.POLICY_DENIED),
  DELEGATION_INVALID(Denial.POLICY_DENIED),
  // Declared intent.
  INTENT_MISSING(Denial.INTENT_REQUIRED),
  INTENT_UNREADABLE(Denial.INTENT_REQUIRED),
  INTENT_EXCEEDED(Denial.INTENT_EXCEEDED),
  INTENT_CONFLICT(Denial.INTENT_EXCEEDED),
  PURPOSE_UNREGISTERED(Denial.INTENT_EXCEEDED),
  // Policy.
  POLICY_DENIED(Denial.POLICY_DENIED),
  CLASS_EXCEEDED(Denial.POLICY_DENIED),
  ARGUMENT_REFUSED(Denial.POLICY_DENIED),
  FLOW_DENIED(Denial.POLICY_DENIED),
  POLICY_UNDEFINED(Denial.POLICY_DENIED),
  OBLIGATION_UNFULFILLED(Denial.POLICY_DENIED),
  POLICY_UNAVAILABLE(Denial.INTERNAL),
  // Approvals, grants and budgets.
  APPROVAL_PENDING(Denial.APPROVAL_PENDING),
  APPROVAL_REFUSED(Denial.APPROVAL_REFUSED),
  APPROVAL_EXPIRED(Denial.APPROVAL_REFUSED),
  APPROVAL_MISMATCH(Denial.APPROVAL_REFUSED),
  GRANT_UNKNOWN(Denial.GRANT_INVALID),
  GRANT_EXPIRED(Denial.GRANT_INVALID),
  GRANT_SPENT(Denial.GRANT_INVALID),
  GRANT_REVOKED(Denial.GRANT_INVALID),
  RATE_LIMITED(Denial.RATE_LIMITED),
  BUDGET_SPENT(Denial.BUDGET_SPENT),
  // Behind the guard.
  DOWNSTREAM_UNREACHABLE(Denial.DOWNSTREAM_FAILED),
  DOWNSTREAM_TIMEOUT(Denial.DOWNSTREAM_FAILED),
  DOWNSTREAM_INVALID(Denial.DOWNSTREAM_FAILED),
  NOT_BRIDGEABLE(Denial.NOT_BRIDGEABLE),
  RESPONSE_WITHHELD(Denial.RESPONSE_WITHHELD),
  // The guard itself.
  AUDIT_UNAVAILABLE(Denial.INTERNAL),
  INTERNAL(Denial.INTERNAL);

  private static final Map<String, ReasonCode> BY_TEXT = new HashMap<>();

  static {
    for (ReasonCode code : values()) {
      BY_TEXT.put(code.text(), code);
    }
  }

  private final Denial denial;

  ReasonCode(Denial denial) {
    this.denial = denial;
  }

  /** How a client is told; several reasons share one coarse code. */
  public Denial denial() {
    return denial;
  }

  /** The spelling outside Java: {@code intent-exceeded}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The code spelled exactly {@code text}, or null. */
  public static @Nullable ReasonCode ofText(String text) {
    return BY_TEXT.get(text);
  }
}
