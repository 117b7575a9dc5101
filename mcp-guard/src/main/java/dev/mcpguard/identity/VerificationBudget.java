package dev.mcpguard.identity;

import dev.mcpguard.model.ReasonCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many signatures are verified at once, so that a flood of tokens nobody has seen leaves
 * the processors to callers whose tokens are known (threat F7). First come, first served; who would
 * wait too long is refused as overload, never let through. Thread-safe.
 */
final class VerificationBudget {
  private final Semaphore permits;
  private final int longestQueue;
  private final Duration patience;

  VerificationBudget(int parallel, int longestQueue, Duration patience) {
    this.permits = new Semaphore(parallel, true);
    this.longestQueue = longestQueue;
    this.patience = patience;
  }

  /** Half of the processors, a thousand waiting, two seconds. */
  static VerificationBudget standard() {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new VerificationBudget(half, 1_000, Duration.ofSeconds(2));
  }

  /** Does {@code work} when it is its turn. */
  void spend(Work work) throws RefusedTokenException {
    if (permits.getQueueLength() >= longestQueue || !acquired()) {
      throw new RefusedTokenException(
          ReasonCode.OVERLOADED, "too many tokens wait for verification");
    }
    try {
      work.run();
    } finally {
      permits.release();
    }
  }

  private boolean acquired() {
    try {
      return permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Something that costs processor time. */
  @FunctionalInterface
  interface Work {
    void run() throws RefusedTokenException;
  }
}
