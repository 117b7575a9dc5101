package dev.mcpguard.downstream.stdio;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.ServerMessage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request to a child and what comes back: where its threads and the call's thread meet. */
final class Pending {
  private static final int MOST_WAITING = 1024;

  /** What the call's thread is told. */
  sealed interface Event {
    /** A message that belongs to this request. */
    record Said(ServerMessage message) implements Event {}

    /** The child is gone, or broke the rules. */
    record Ended(boolean broken, String detail) implements Event {}

    /** The client cancelled or left. */
    record Cancelled() implements Event {}
  }

  private enum Progress {
    QUEUED,
    WRITING,
    WITHDRAWN
  }

  private final long id;
  private final byte[] line;
  private final LinkedBlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger notifications = new AtomicInteger();
  private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.QUEUED);

  Pending(long id, byte[] line) {
    this.id = id;
    this.line = line;
  }

  long id() {
    return id;
  }

  byte[] line() {
    return line;
  }

  /** The writer is about to write it; false if the call was withdrawn. */
  boolean startWriting() {
    return progress.compareAndSet(Progress.QUEUED, Progress.WRITING);
  }

  /** Takes it back; false if a byte may have been written already. */
  boolean withdraw() {
    return progress.compareAndSet(Progress.QUEUED, Progress.WITHDRAWN)
        || progress.get() == Progress.WITHDRAWN;
  }

  void tell(Event event) {
    boolean notification =
        event instanceof Event.Said said
            && said.message() instanceof ServerMessage.Notification;
    // more than the client can take in is dropped: progress may be lost, an answer never is
    if (!notification || notifications.incrementAndGet() <= MOST_WAITING) {
      inbox.add(event);
    }
  }

  @Nullable Event next(Deadline deadline) {
    try {
      Event event = inbox.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      if (event instanceof Event.Said said
          && said.message() instanceof ServerMessage.Notification) {
        notifications.decrementAndGet();
      }
      return event;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Event.Cancelled();
    }
  }
}
