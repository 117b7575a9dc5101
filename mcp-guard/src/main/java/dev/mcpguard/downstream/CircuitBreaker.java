package dev.mcpguard.downstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops calls to a server that does not answer. Fails closed: while it is open, calls are refused
 * and nothing is sent. After a pause that doubles, one call may try. Thread-safe.
 */
final class CircuitBreaker {
  private static final int TOLERATED = 5;
  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

  /** Whether calls pass. */
  enum State {
    CLOSED(0),
    TRYING(1),
    OPEN(2);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** For metrics: the higher, the worse. */
    int code() {
      return code;
    }
  }

  private final LongSupplier nanoTime;
  private State state = State.CLOSED;
  private int failures;
  private long pause = FIRST_PAUSE;
  private long since;

  CircuitBreaker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether a call may be made now; if so, its end must be told. */
  synchronized boolean permits() {
    long now = nanoTime.getAsLong();
    if (state == State.CLOSED) {
      return true;
    }
    // a trial that never reports back must not close the way forever
    if (now - since < pause) {
      return false;
    }
    state = State.TRYING;
    since = now;
    return true;
  }

  /** The server answered. */
  synchronized void succeeded() {
    state = State.CLOSED;
    failures = 0;
    pause = FIRST_PAUSE;
  }

  /** The server could not be reached or did not answer. */
  synchronized void failed() {
    failures++;
    if (state == State.TRYING) {
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
    if (state == State.TRYING || failures >= TOLERATED) {
      state = State.OPEN;
      since = nanoTime.getAsLong();
    }
  }

  synchronized State state() {
    return state;
  }
}
