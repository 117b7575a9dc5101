package dev.mcpguard.intent;

/**
 * A carrier does not say an intent in the one spelling there is. Becomes {@code intent-unreadable}.
 */
final class UnreadableIntentException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableIntentException(String message) {
    super(message);
  }
}
