package dev.mcpguard.downstream.wire;

import java.util.concurrent.atomic.AtomicLong;

/** The guard's own JSON-RPC ids, never used twice in a process. Thread-safe. */
public final class RequestIds {
  private final AtomicLong last = new AtomicLong();

  /** An id that no other request has. */
  public long next() {
    return last.incrementAndGet();
  }
}
