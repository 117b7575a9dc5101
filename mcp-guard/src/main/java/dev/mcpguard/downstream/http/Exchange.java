package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Deadline;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer: the meeting point of an event loop and the thread of a call.
 * Pieces of a stream are handed over as they come; a slow reader stops the socket, not the loop.
 */
final class Exchange implements AutoCloseable {
  private static final int HIGH_WATER = 256 << 10;

  private final LinkedBlockingQueue<Inbound> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int answerBytes;
  private final int streamBytes;
  private volatile boolean sent;
  private volatile boolean complete;
  private volatile @Nullable Connection connection;

  Exchange(HttpLimits limits) {
    answerBytes = limits.answerBytes();
    streamBytes = limits.streamBytes();
  }

  /** Takes what came next, or null at the deadline. */
  @Nullable Inbound next(Deadline deadline) {
    try {
      Inbound event = inbox.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      if (event instanceof Inbound.Data data
          && waiting.addAndGet(-data.bytes().length) <= HIGH_WATER) {
        Connection from = connection;
        if (from != null) {
          from.resume();
        }
      }
      return event;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Inbound.Cancelled();
    }
  }

  /** Whether a byte of the request may have left. */
  boolean sent() {
    return sent;
  }

  int answerBytes() {
    return answerBytes;
  }

  int streamBytes() {
    return streamBytes;
  }

  /** Wakes the call because its client left. */
  void cancel() {
    inbox.add(new Inbound.Cancelled());
  }

  /** On the loop: the request is about to be written. */
  void started(Connection by) {
    connection = by;
    sent = true;
  }

  /** On the loop. */
  void accept(Inbound event) {
    complete = event instanceof Inbound.Whole || event instanceof Inbound.Ended;
    inbox.add(event);
  }

  /** On the loop: hands over a piece; false if the reader is behind and the socket must wait. */
  boolean accept(byte[] bytes) {
    inbox.add(new Inbound.Data(bytes));
    return waiting.addAndGet(bytes.length) <= HIGH_WATER;
  }

  /** Ends the exchange. A connection whose answer is not complete is closed with it. */
  @Override
  public void close() {
    Connection from = connection;
    if (from != null && !complete) {
      from.leave(this);
    }
  }
}
