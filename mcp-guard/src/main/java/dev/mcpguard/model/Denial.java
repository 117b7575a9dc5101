package dev.mcpguard.model;

/**
 * How a refusal looks on the wire: the JSON-RPC code, the HTTP status and the fixed message. The
 * block -31000..-31099 is the guard's own (MCP 2026-07-28 wants application errors outside
 * -32768..-32000); the others are JSON-RPC's and MCP's. Messages never echo the caller's text.
 */
public enum Denial {
  /** Nothing is answered: the client is gone. */
  NONE(0, 0, ""),
  HTTP_400(0, 400, "a session id is required"),
  HTTP_403(0, 403, ""),
  HTTP_404(0, 404, ""),
  HTTP_413(0, 413, ""),
  HTTP_503(0, 503, ""),
  /** RFC 6750 challenge; no body. */
  CHALLENGE(0, 401, ""),
  PARSE_ERROR(-32700, 400, "the message cannot be read"),
  INVALID_REQUEST(-32600, 400, "not a valid request"),
  METHOD_NOT_FOUND(-32601, 404, "method not found"),
  INVALID_PARAMS(-32602, 200, "invalid parameters"),
  HEADER_MISMATCH(-32020, 400, "a header does not match the body"),
  CAPABILITY_REQUIRED(-32021, 400, "the client does not declare a capability this needs"),
  UNSUPPORTED_VERSION(-32022, 400, "unsupported protocol version"),
  /** A tool result with {@code isError}: it is meant to reach the model. */
  TOOL_RESULT(-32602, 200, "the arguments do not match the tool's schema"),
  POLICY_DENIED(-31001, 200, "policy does not permit this call"),
  INTENT_REQUIRED(-31002, 200, "declare an intent and call again"),
  INTENT_EXCEEDED(-31003, 200, "the call goes beyond the declared intent"),
  APPROVAL_PENDING(-31004, 200, "a person has to approve this call first"),
  APPROVAL_REFUSED(-31005, 200, "this call is not approved"),
  TOOL_UNAVAILABLE(-31006, 200, "the tool is not available until its definition is approved"),
  GRANT_INVALID(-31007, 200, "the task grant does not cover this call"),
  /** HTTP says it too, with {@code Retry-After}: whoever waits between tries reads no body. */
  RATE_LIMITED(-31008, 429, "too many calls"),
  BUDGET_SPENT(-31008, 200, "too many calls"),
  DOWNSTREAM_FAILED(-31009, 200, "the tool server did not give a valid answer"),
  NOT_BRIDGEABLE(-31010, 200, "this cannot be translated between protocol versions"),
  RESPONSE_WITHHELD(-31011, 200, "the answer is withheld"),
  INTERNAL(-32603, 503, "internal error");

  private final int code;
  private final int httpStatus;
  private final String message;

  Denial(int code, int httpStatus, String message) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.message = message;
  }

  /** The JSON-RPC error code, or 0 where the HTTP status is the whole message. */
  public int code() {
    return code;
  }

  /** The HTTP status of a refusal that stopped the request before it was forwarded. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The fixed text a client sees. */
  public String message() {
    return message;
  }
}
