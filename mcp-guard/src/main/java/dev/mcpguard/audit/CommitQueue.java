package dev.mcpguard.audit;

import dev.mcpguard.model.AuditUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the committer, in order. Full means callers wait: nothing is ever dropped (F12).
 * Putting takes no lock while there is room: a lock would park and wake callers once more for each
 * record. The taker sleeps as {@link Rest} says, so that not every record costs a wake-up and a sync
 * of its own ({@code docs/decisions/0052}). Thread-safe; one thread takes.
 */
final class CommitQueue {
  /** The newest of a chain that leads to the oldest; an {@link Pending.End} on top means closed. */
  private final AtomicReference<@Nullable Pending> newest = new AtomicReference<>();

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger entries = new AtomicInteger();
  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Rest rest = new Rest();
  private volatile @Nullable String failure;
  private boolean ended;

  CommitQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Queues {@code pending}, waiting while the queue is full. */
  void put(Pending pending) throws AuditUnavailableException {
    long size = pending.bytes();
    if (!fits(size)) {
      awaitRoom(size);
    }
    bytes.addAndGet(size);
    entries.incrementAndGet();
    Pending below = push(pending);
    if (below instanceof Pending.End) {
      bytes.addAndGet(-size);
      entries.decrementAndGet();
      throw new AuditUnavailableException(why());
    }
    rest.queued(pending.awaited());
  }

  /** What lay on top before; an end stays there and nothing is put above it. */
  private @Nullable Pending push(Pending pending) {
    while (true) {
      Pending below = newest.get();
      if (below instanceof Pending.End) {
        return below;
      }
      pending.below(below);
      if (newest.compareAndSet(below, pending)) {
        return below;
      }
    }
  }

  /** Whatever is larger than the whole queue passes when the queue is empty. */
  private boolean fits(long size) {
    long queued = bytes.get();
    return queued == 0 || queued + size <= capacity;
  }

  private void awaitRoom(long size) {
    lock.lock();
    waiting.incrementAndGet();
    try {
      // INVARIANT: the taker looks at `waiting` after it made room, so one of the two sees the other
      while (open() && !fits(size)) {
        rest.queued(true);
        drained.awaitUninterruptibly();
      }
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /** Everything queued, as soon as there is reason to write; empty once closed and drained. */
  List<Pending> take() {
    rest.begin();
    while (true) {
      rest.whileCalm();
      rest.look();
      Pending top = newest.get();
      while (top != null && !(top instanceof Pending.End)) {
        if (newest.compareAndSet(top, null)) {
          return taken(top);
        }
        top = newest.get();
      }
      if (top instanceof Pending.End end) {
        return ended ? List.of() : last(end);
      }
      rest.untilQueued(() -> newest.get() == null);
    }
  }

  private List<Pending> last(Pending.End end) {
    ended = true;
    Pending top = end.below();
    return top == null ? List.of() : taken(top);
  }

  private List<Pending> taken(Pending top) {
    List<Pending> taken = new ArrayList<>(64);
    long size = 0;
    int awaited = 0;
    Pending each = top;
    while (each != null) {
      Pending below = each.below();
      // a caller that keeps one must not keep all before it
      each.below(null);
      taken.add(each);
      size += each.bytes();
      awaited += each.awaited() ? 1 : 0;
      each = below;
    }
    rest.taken(awaited);
    Collections.reverse(taken);
    bytes.addAndGet(-size);
    entries.addAndGet(-taken.size());
    signalRoom();
    return taken;
  }

  private void signalRoom() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        drained.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Refuses everything from now on, for good; answers what was still queued. The taker's. */
  List<Pending> fail(String why) {
    failure = failure == null ? why : failure;
    close();
    return take();
  }

  /** Bytes that wait. */
  long queuedBytes() {
    return bytes.get();
  }

  /** Records and documents that wait. */
  int queued() {
    return entries.get();
  }

  /** Takes no more; what is queued is still committed. */
  void close() {
    push(new Pending.End());
    signalRoom();
    rest.end();
  }

  boolean open() {
    return !(newest.get() instanceof Pending.End);
  }

  String why() {
    String said = failure;
    return said == null ? "the call log is closed" : said;
  }
}
