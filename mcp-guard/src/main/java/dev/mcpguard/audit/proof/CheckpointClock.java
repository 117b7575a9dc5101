package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.note.Checkpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes checkpoints at an interval on a thread of its own, and once more on closing. A failure
 * is logged and tried again at the next interval; the request path never notices.
 */
public final class CheckpointClock implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointClock.class);

  /** How often hashes are taken over, before a busy log forgets them. */
  private static final Duration ABSORB = Duration.ofMillis(500);

  private final Checkpointer checkpointer;
  private final Duration interval;
  private final Object gate = new Object();
  private final Thread thread;
  private boolean closed;
  private volatile String problem = "";
  private volatile long covered;

  public CheckpointClock(Checkpointer checkpointer, Duration interval) {
    this.checkpointer = checkpointer;
    this.interval = interval;
    this.thread = Thread.ofPlatform().name("checkpoint-clock").daemon().start(this::run);
  }

  private void run() {
    long due = System.nanoTime() + interval.toNanos();
    while (sleep(due)) {
      if (System.nanoTime() - due < 0) {
        absorb();
      } else {
        publish();
        due = System.nanoTime() + interval.toNanos();
      }
    }
    publish();
    checkpointer.close();
  }

  private boolean sleep(long due) {
    synchronized (gate) {
      try {
        if (!closed) {
          long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
          gate.wait(Math.clamp(left, 1, ABSORB.toMillis()));
        }
        return !closed;
      } catch (InterruptedException stopped) {
        return false;
      }
    }
  }

  /** A failure shows, and is told, when the next checkpoint cannot be published either. */
  private void absorb() {
    try {
      checkpointer.absorb();
    } catch (IOException | RuntimeException failure) {
      LOGGER.debug("records could not be taken into the tree yet", failure);
    }
  }

  private void publish() {
    try {
      Checkpoint published = checkpointer.publish();
      covered = published == null ? 0 : published.size();
      problem = "";
    } catch (IOException | RuntimeException failure) {
      problem = "no checkpoint could be published: " + failure.getMessage();
      LOGGER.error("no checkpoint of the call log could be published", failure);
    }
  }

  /** Why the last checkpoint failed; empty when it did not. */
  public String problem() {
    return problem;
  }

  /** Records below the newest checkpoint of this run. */
  public long covered() {
    return covered;
  }

  /** Publishes once more and stops. Close the log first so that its last records are covered. */
  @Override
  public void close() {
    synchronized (gate) {
      closed = true;
      gate.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
