package dev.mcpguard.samples.server;

/** The caller asked for something that cannot be done; the message is for it. */
public final class UserErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  public UserErrorException(String message) {
    super(message, null, false, false);
  }
}
