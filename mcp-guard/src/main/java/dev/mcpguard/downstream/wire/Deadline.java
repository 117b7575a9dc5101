package dev.mcpguard.downstream.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The moment a call ends, on the monotonic clock: a wall clock that is set back must not let a call
 * live longer.
 *
 * @param nanoTime in the terms of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {

  /** The moment {@code limit} from now. */
  public static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** The wall-clock moment {@code when}, seen from {@code clock} now. */
  public static Deadline at(Instant when, InstantSource clock) {
    return in(Duration.between(clock.instant(), when));
  }

  /** The earlier of this moment and {@code limit} from now. */
  public Deadline within(Duration limit) {
    Deadline other = in(limit);
    return other.nanoTime - nanoTime < 0 ? other : this;
  }

  /** Nanoseconds left, never negative. */
  public long remainingNanos() {
    return Math.max(0, nanoTime - System.nanoTime());
  }

  /** Whether nothing is left. */
  public boolean passed() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
