package dev.mcpguard.front.legacy;

import java.time.Duration;

/**
 * Bounds of legacy sessions.
 *
 * @param perPrincipal the most sessions of one subject; a further one ends its oldest
 * @param total the most sessions of the process; a further one is refused
 * @param idle a session unused for this long ends
 * @param absolute a session this old ends
 */
public record SessionLimits(int perPrincipal, int total, Duration idle, Duration absolute) {
  public static final SessionLimits DEFAULTS =
      new SessionLimits(64, 10_000, Duration.ofMinutes(30), Duration.ofHours(24));

  /** The same with as many for one subject. */
  public SessionLimits withPerPrincipal(int value) {
    return new SessionLimits(value, total, idle, absolute);
  }

  public SessionLimits {
    if (perPrincipal < 1 || total < 1 || !idle.isPositive() || !absolute.isPositive()) {
      throw new IllegalArgumentException("session limits must be positive");
    }
  }
}
