package dev.mcpguard.model;

/**
 * The places of a caller that last longer than one passage through the gate, which the front gives
 * back. Thread-safe; every method returns at once.
 */
public interface CallerPlaces {
  /** No caller is limited. */
  CallerPlaces UNLIMITED =
      new CallerPlaces() {
        @Override
        public boolean beginWait(PrincipalKey caller) {
          return true;
        }

        @Override
        public void endWait(PrincipalKey caller) {}

        @Override
        public void endStream(PrincipalKey caller) {}
      };

  /**
   * Takes a place among the caller's running requests for one that waits for its client.
   *
   * @return false if it has none left
   */
  boolean beginWait(PrincipalKey caller);

  /** Gives back what {@link #beginWait} took. */
  void endWait(PrincipalKey caller);

  /** A stream ended whose opening the gate permitted; called once for each. */
  void endStream(PrincipalKey caller);
}
