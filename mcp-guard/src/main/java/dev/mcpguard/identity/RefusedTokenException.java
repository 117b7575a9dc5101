package dev.mcpguard.identity;

import dev.mcpguard.model.ReasonCode;

/**
 * A token is not accepted. The message names the cause for the operator's record; a caller gets one
 * text for every cause.
 */
final class RefusedTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ReasonCode reason;

  RefusedTokenException(String cause) {
    this(ReasonCode.UNAUTHENTICATED, cause);
  }

  RefusedTokenException(ReasonCode reason, String cause) {
    super(cause, null, false, false);
    this.reason = reason;
  }

  ReasonCode reason() {
    return reason;
  }

  /** The cause in words, without a part of the token. */
  String cause() {
    return String.valueOf(getMessage());
  }
}
