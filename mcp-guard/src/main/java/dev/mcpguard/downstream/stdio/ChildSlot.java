package dev.mcpguard.downstream.stdio;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The place of one child: started when needed, started again with growing pauses. Thread-safe. */
final class ChildSlot {
  private static final long FIRST_PAUSE = Duration.ofMillis(250).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();
  private static final long HEALTHY = Duration.ofSeconds(30).toNanos();

  private final StdioStarter starter;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile StdioStarter.@Nullable Start last;
  private boolean stopped;
  private long startedAt;
  private long pause;

  ChildSlot(StdioStarter starter) {
    this.starter = starter;
  }

  /** A child that can be used, started now if need be. */
  StdioStarter.Start ready(Deadline deadline) {
    StdioStarter.Start current = last;
    if (current instanceof StdioStarter.Start.Ready ready && ready.child().alive()) {
      return current;
    }
    try {
      if (!starting.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return new StdioStarter.Start.NotReady(Failures.late(false));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new StdioStarter.Start.NotReady(Failures.abandoned(false));
    }
    try {
      return restart(deadline);
    } finally {
      starting.unlock();
    }
  }

  private StdioStarter.Start restart(Deadline deadline) {
    StdioStarter.Start current = last;
    if (current instanceof StdioStarter.Start.Ready ready && ready.child().alive()) {
      return current;
    }
    long now = System.nanoTime();
    if (stopped || (current != null && now - startedAt < pause)) {
      return new StdioStarter.Start.NotReady(
          Failures.unreachable("the server process ended and is not started again yet"));
    }
    boolean wasHealthy = current != null && now - startedAt > HEALTHY;
    pause = pause == 0 || wasHealthy ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
    StdioStarter.Start started = starter.start(deadline);
    startedAt = System.nanoTime();
    last = started;
    return started;
  }

  /** Ends the child for good. */
  void stop() {
    starting.lock();
    try {
      stopped = true;
      if (last instanceof StdioStarter.Start.Ready ready) {
        ready.child().stop();
      }
    } finally {
      starting.unlock();
    }
  }
}
