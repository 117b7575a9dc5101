package dev.mcpguard.audit;

import dev.mcpguard.model.AuditUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the committer, in order. Full means callers wait: nothing is ever dropped (F12).
 * Thread-safe.
 */
final class CommitQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final long capacity;

  private List<Pending> queued = new ArrayList<>();
  private long bytes;
  private boolean closed;
  private @Nullable String failure;

  CommitQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Queues {@code pending}, waiting while the queue is full. */
  void put(Pending pending) throws AuditUnavailableException {
    long size = pending.bytes();
    lock.lock();
    try {
      while (failure == null && !closed && !queued.isEmpty() && bytes + size > capacity) {
        drained.awaitUninterruptibly();
      }
      refuseWhenDown();
      queued.add(pending);
      bytes += size;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  private void refuseWhenDown() throws AuditUnavailableException {
    if (failure != null) {
      throw new AuditUnavailableException(failure);
    }
    if (closed) {
      throw new AuditUnavailableException("the call log is closed");
    }
  }

  /** Everything queued, as soon as there is anything; empty once closed and drained. */
  List<Pending> take() {
    lock.lock();
    try {
      while (queued.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      List<Pending> taken = queued;
      queued = new ArrayList<>(Math.max(16, taken.size()));
      bytes = 0;
      drained.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses everything from now on, for good; answers what was still queued. */
  List<Pending> fail(String why) {
    lock.lock();
    try {
      failure = failure == null ? why : failure;
      closed = true;
      filled.signalAll();
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that wait. */
  long queuedBytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Records and documents that wait. */
  int queued() {
    lock.lock();
    try {
      return queued.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what is queued is still committed. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean open() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  String why() {
    lock.lock();
    try {
      return failure == null ? "the call log is closed" : failure;
    } finally {
      lock.unlock();
    }
  }
}
