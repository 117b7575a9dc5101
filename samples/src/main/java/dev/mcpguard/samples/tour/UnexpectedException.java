package dev.mcpguard.samples.tour;

/** The guard did something else than the tour promises; the message says what. */
final class UnexpectedException extends Exception {
  private static final long serialVersionUID = 1L;

  UnexpectedException(String message) {
    super(message, null, false, false);
  }
}
