package dev.mcpguard.release;

/**
 * Bounds of what may leave.
 *
 * @param bytes the largest answer, as received
 */
public record ReleaseLimits(int bytes) {

  /** The default: 4 MiB. */
  public static ReleaseLimits standard() {
    return new ReleaseLimits(4 << 20);
  }
}
