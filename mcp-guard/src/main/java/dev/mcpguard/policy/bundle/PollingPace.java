package dev.mcpguard.policy.bundle;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again, so that a fleet of guards does not ask at once: anywhere
 * between the least and the most; after failures doubling from the least to the most, half of it by
 * chance. Confined to one thread.
 */
final class PollingPace {
  private static final int MOST_DOUBLINGS = 20;

  private final BundleOrigin.Polling polling;
  private final RandomGenerator random;
  private int failures;

  PollingPace(BundleOrigin.Polling polling, RandomGenerator random) {
    this.polling = polling;
    this.random = random;
  }

  /** After an answer that made sense. */
  Duration afterAnswer() {
    failures = 0;
    return between(polling.minDelay(), polling.maxDelay());
  }

  /** After a long poll: at once, but never faster than the least delay. */
  Duration afterHeld(Duration took) {
    failures = 0;
    Duration left = polling.minDelay().minus(took);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** After a failure. */
  Duration afterFailure() {
    long doubled = polling.minDelay().toMillis() << Math.min(failures++, MOST_DOUBLINGS);
    Duration delay = Duration.ofMillis(Math.min(doubled, polling.maxDelay().toMillis()));
    return between(delay.dividedBy(2), delay);
  }

  private Duration between(Duration least, Duration most) {
    long range = most.toMillis() - least.toMillis();
    return least.plusMillis(range <= 0 ? 0 : random.nextLong(range + 1));
  }
}
