package dev.mcpguard.audit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the committer sleeps and what wakes it. Three rules: a caller who waits alone is served at
 * once, but for the first after a crowd; where several wait, syncs begin {@link #PACE_NANOS} apart,
 * twice that where more than {@link #CROWD} came, or once {@link #MANY} wait, so that they share them;
 * what nobody waits for is written with the next that somebody waits for, or {@link #LINGER_NANOS}
 * later. A sync that takes longer than the pace is itself the batching window. Thread-safe; one
 * thread rests.
 */
final class Rest {
  /** Between the beginnings of two syncs while callers come together. */
  private static final long PACE_NANOS = 1_000_000;

  /** As many as this are not made to wait for more. */
  private static final int MANY = 16;

  /** More than this within one pace: they wait two, and a sync is shared by as many as may be. */
  private static final int CROWD = 6;

  /** The longest that a record which nobody waits for stays in memory alone. */
  private static final long LINGER_NANOS = 2_000_000;

  private enum Sleep {
    /** At work, or about to look: nobody needs to wake it. */
    NONE,
    /** For a moment: only what is awaited wakes it. */
    LIGHT,
    /** Until something is queued. */
    DEEP
  }

  private final AtomicReference<Sleep> sleep = new AtomicReference<>(Sleep.NONE);
  private volatile @Nullable Thread resting;
  private volatile boolean ended;

  /** How many that wait were queued since the last {@link #look}; a pace may count one too few. */
  private final AtomicInteger gathered = new AtomicInteger();

  private long lastTaken = System.nanoTime() - PACE_NANOS;
  private long calmUntil = lastTaken;
  private long pace;

  /** Something was queued, or somebody waits for room: to be called after it is visible. */
  void queued(boolean awaited) {
    // INVARIANT: first `gathered`, then a look at `sleep`; the thread that rests does it the other
    // way round, so one of the two sees the other
    if (awaited && gathered.incrementAndGet() == MANY) {
      LockSupport.unpark(resting);
    }
    Sleep now = sleep.get();
    boolean wakes = now == Sleep.DEEP || (awaited && now == Sleep.LIGHT);
    if (wakes && sleep.compareAndSet(now, Sleep.NONE)) {
      LockSupport.unpark(resting);
    }
  }

  /** From now on it never rests. */
  void end() {
    ended = true;
    LockSupport.unpark(resting);
  }

  /** The thread that rests; before the first rest. */
  void begin() {
    resting = Thread.currentThread();
    if (pace > 0) {
      pause(lastTaken + pace);
    }
  }

  /** Returns when there is reason to write: somebody waits, or the moment of calm is over. */
  void whileCalm() {
    while (gathered.get() == 0 && !ended && System.nanoTime() - calmUntil < 0) {
      sleep.set(Sleep.LIGHT);
      if (gathered.get() == 0 && !ended) {
        LockSupport.parkNanos(this, calmUntil - System.nanoTime());
      }
      sleep.set(Sleep.NONE);
    }
  }

  /** To be called before looking at the queue: who queues something later is heard again. */
  void look() {
    gathered.set(0);
  }

  /** Sleeps while {@code empty}; what wakes it may be followed by more, for which there is calm. */
  void untilQueued(BooleanSupplier empty) {
    sleep.set(Sleep.DEEP);
    while (empty.getAsBoolean() && !ended) {
      LockSupport.park(this);
      sleep.set(Sleep.DEEP);
    }
    sleep.set(Sleep.NONE);
    calmUntil = System.nanoTime() + LINGER_NANOS;
  }

  /** So many of those taken were awaited. */
  void taken(int awaited) {
    lastTaken = System.nanoTime();
    calmUntil = lastTaken + LINGER_NANOS;
    pace = awaited > CROWD ? 2 * PACE_NANOS : awaited > 1 ? PACE_NANOS : 0;
  }

  private void pause(long until) {
    while (!ended && gathered.get() < MANY && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
  }
}
