package dev.mcpguard.identity;

/**
 * A token is not accepted. The message names the cause for the operator's record; a caller gets one
 * text for every cause.
 */
final class RefusedTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedTokenException(String cause) {
    super(cause, null, false, false);
  }

  /** The cause in words, without a part of the token. */
  String cause() {
    return String.valueOf(getMessage());
  }
}
