package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * A refused request, as a value. {@code detail} is for the operator and the record and never leaves
 * the guard; {@code data} holds the extra members a client is told (for example {@code
 * retryAfterMs}).
 *
 * @param reason the exact reason
 * @param fate what became of the effect
 * @param detail one line in words for the record, without secrets
 * @param data extra members for the client, may be empty
 */
public record Refusal(ReasonCode reason, Fate fate, String detail, JsonObject data) {

  /** A refusal before anything was forwarded. */
  public static Refusal of(ReasonCode reason, String detail) {
    return new Refusal(reason, Fate.NOT_FORWARDED, detail, JsonObject.of());
  }

  /** A refusal after the call was, or may have been, sent. */
  public static Refusal after(ReasonCode reason, Fate fate, String detail) {
    return new Refusal(reason, fate, detail, JsonObject.of());
  }

  /** The same refusal with extra members for the client. */
  public Refusal withData(JsonObject extra) {
    return new Refusal(reason, fate, detail, extra);
  }

  /** What the client may do about it: a fixed word of {@code protocol.md} 6.2. */
  public String retry() {
    return switch (reason.denial()) {
      case INTENT_REQUIRED, INTENT_EXCEEDED -> "with-intent";
      case APPROVAL_PENDING -> "after-approval";
      case RATE_LIMITED, BUDGET_SPENT, HTTP_503, INTERNAL, DOWNSTREAM_FAILED ->
          fate == Fate.NOT_FORWARDED ? "after-delay" : "never";
      case GRANT_INVALID -> "with-new-grant";
      case NONE, HTTP_400, HTTP_403, HTTP_404, HTTP_413, CHALLENGE, PARSE_ERROR, INVALID_REQUEST,
          METHOD_NOT_FOUND, INVALID_PARAMS, HEADER_MISMATCH, CAPABILITY_REQUIRED,
          UNSUPPORTED_VERSION, TOOL_RESULT,
          POLICY_DENIED, APPROVAL_REFUSED, TOOL_UNAVAILABLE, NOT_BRIDGEABLE, RESPONSE_WITHHELD ->
          "never";
    };
  }
}
