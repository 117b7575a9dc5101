package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is kept open at one server for each caller, version and capabilities: sessions, or links of
 * 2024-11-05. Opened when first needed, once for all who wait; bounded, the one unused longest goes
 * first. Thread-safe.
 *
 * @param <T> what is kept
 */
final class PerCaller<T> implements AutoCloseable {
  private static final Duration ENDING = Duration.ofSeconds(1);

  private record Key(
      @Nullable PrincipalKey principal, ProtocolVersion version, String capabilities) {}

  /** A place for one; whoever holds the lock opens it for all who wait. */
  private static final class Place<T> {
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable T kept;
  }

  /** Opens one for a caller. */
  @FunctionalInterface
  interface Opener<T> {
    Opening<T> open(Caller caller, Deadline deadline);
  }

  private final Opener<T> opener;
  private final Predicate<T> living;
  private final Consumer<T> end;
  private final int most;
  private final Map<Key, Place<T>> places = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param living whether one can still be used
   * @param end ends one; may wait for the server
   * @param most how many are kept
   */
  PerCaller(Opener<T> opener, Predicate<T> living, Consumer<T> end, int most) {
    this.opener = opener;
    this.living = living;
    this.end = end;
    this.most = most;
  }

  /** The caller's own, opened now if there is none. */
  Opening<T> find(Caller caller, Deadline deadline) {
    Place<T> place = place(caller);
    T ready = usable(place);
    return ready == null ? open(place, caller, deadline) : new Opening.Ready<>(ready);
  }

  private Opening<T> open(Place<T> place, Caller caller, Deadline deadline) {
    try {
      if (!place.opening.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return new Opening.NotReady<>(Failures.late(false));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Opening.NotReady<>(Failures.abandoned(false));
    }
    try {
      T meanwhile = usable(place);
      if (meanwhile != null) {
        return new Opening.Ready<>(meanwhile);
      }
      Opening<T> opening = opener.open(caller, deadline);
      if (opening instanceof Opening.Ready<T>(T opened)) {
        place.kept = opened;
      }
      return opening;
    } finally {
      place.opening.unlock();
    }
  }

  private @Nullable T usable(Place<T> place) {
    T kept = place.kept;
    return kept != null && living.test(kept) ? kept : null;
  }

  /** Forgets one the server does not know any more; a newer one in its place stays. */
  void lost(Caller caller, T gone) {
    Place<T> place = place(caller);
    if (place.kept == gone) {
      place.kept = null;
    }
  }

  private Place<T> place(Caller caller) {
    Key key = new Key(caller.principal(), caller.version(), caller.capabilitiesText());
    Place<T> evicted = null;
    Place<T> place;
    synchronized (places) {
      place = places.computeIfAbsent(key, absent -> new Place<>());
      if (places.size() > most) {
        evicted = places.remove(places.keySet().iterator().next());
      }
    }
    if (evicted != null) {
      end(evicted);
    }
    return place;
  }

  private @Nullable Thread end(Place<T> place) {
    T kept = place.kept;
    return kept == null
        ? null
        : Thread.ofVirtual().name("session-end").start(() -> end.accept(kept));
  }

  /** Ends every one; the server has a moment to answer. */
  @Override
  public void close() {
    List<Thread> ending = new ArrayList<>();
    synchronized (places) {
      for (Place<T> place : places.values()) {
        Thread thread = end(place);
        if (thread != null) {
          ending.add(thread);
        }
      }
      places.clear();
    }
    Deadline soon = Deadline.in(ENDING);
    for (Thread thread : ending) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, soon.remainingNanos())));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
