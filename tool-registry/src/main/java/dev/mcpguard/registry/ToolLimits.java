package dev.mcpguard.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one tool; null leaves the guard's default. Immutable.
 *
 * @param argumentBytes the largest arguments, as canonical bytes
 * @param responseBytes the largest reply
 * @param timeout the longest a call may take
 */
public record ToolLimits(
    @Nullable Rate rate,
    @Nullable Long argumentBytes,
    @Nullable Long responseBytes,
    @Nullable Duration timeout) {
  /** No bounds of its own. */
  public static final ToolLimits NONE = new ToolLimits(null, null, null, null);

  /** At most so many calls in each period. */
  public record Rate(long calls, Duration period) {
    static final long MOST_CALLS = 1_000_000;

    public Rate {
      if (calls < 1 || calls > MOST_CALLS || period.toMillis() < 1 || period.toDays() > 366) {
        throw new IllegalArgumentException("rate out of range");
      }
    }

    /** Whether this one lets fewer calls through, comparing the calls per unit of time exactly. */
    boolean tighterThan(Rate other) {
      // INVARIANT: calls and periods are bounded, so neither product overflows
      return calls * other.period.toMillis() < other.calls * period.toMillis();
    }
  }

  /** The tighter of both in each respect. */
  public ToolLimits tightest(ToolLimits other) {
    Rate tighter = rate;
    if (tighter == null || (other.rate != null && other.rate.tighterThan(tighter))) {
      tighter = other.rate;
    }
    return new ToolLimits(
        tighter,
        least(argumentBytes, other.argumentBytes),
        least(responseBytes, other.responseBytes),
        least(timeout, other.timeout));
  }

  private static <T extends Comparable<T>> @Nullable T least(@Nullable T left, @Nullable T right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left.compareTo(right) <= 0 ? left : right;
  }
}
