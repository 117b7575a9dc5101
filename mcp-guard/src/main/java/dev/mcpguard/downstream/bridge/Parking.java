package dev.mcpguard.downstream.bridge;

/**
 * Whether calls may be held while a modern client is asked what a server with sessions needs.
 *
 * @param on off: such a server is told that its clients can be asked nothing
 * @param calls the most held calls
 * @param perPrincipal the most held calls of one principal
 */
public record Parking(boolean on, int calls, int perPrincipal) {
  /** No call is held. */
  public static final Parking OFF = new Parking(false, 256, 16);

  public Parking {
    if (calls < 1 || perPrincipal < 1) {
      throw new IllegalArgumentException("the bounds of parked calls must be positive");
    }
  }
}
