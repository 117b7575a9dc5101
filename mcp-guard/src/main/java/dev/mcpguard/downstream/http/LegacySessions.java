package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.http.LegacyHandshake.Opening;
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
import org.jspecify.annotations.Nullable;

/**
 * The sessions at one server: one per caller, version and capabilities, opened when first needed,
 * bounded; the one unused longest goes first. Thread-safe.
 */
final class LegacySessions {
  private record Key(
      @Nullable PrincipalKey principal, ProtocolVersion version, String capabilities) {}

  /** A place for one session; whoever holds the lock opens it for all who wait. */
  private static final class Slot {
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable LegacySession session;
  }

  private final LegacyHandshake handshake;
  private final int most;
  private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  LegacySessions(LegacyHandshake handshake, int most) {
    this.handshake = handshake;
    this.most = most;
  }

  /** The caller's session, opened now if there is none. */
  Opening session(Caller caller, Deadline deadline) {
    Slot slot = slot(caller);
    LegacySession ready = slot.session;
    return ready == null ? open(slot, caller, deadline) : new Opening.Ready(ready);
  }

  private Opening open(Slot slot, Caller caller, Deadline deadline) {
    try {
      if (!slot.opening.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return new Opening.NotReady(Failures.late(false));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Opening.NotReady(Failures.abandoned(false));
    }
    try {
      LegacySession ready = slot.session;
      if (ready != null) {
        return new Opening.Ready(ready);
      }
      Opening opening = handshake.open(caller, deadline);
      if (opening instanceof Opening.Ready opened) {
        slot.session = opened.session();
      }
      return opening;
    } finally {
      slot.opening.unlock();
    }
  }

  /** Forgets a session the server does not know any more; a newer one in its place stays. */
  void lost(Caller caller, LegacySession session) {
    Slot slot = slot(caller);
    if (slot.session == session) {
      slot.session = null;
    }
  }

  private Slot slot(Caller caller) {
    Key key = new Key(caller.principal(), caller.version(), caller.capabilitiesText());
    LegacySession evicted = null;
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(key, absent -> new Slot());
      if (slots.size() > most) {
        Key oldest = slots.keySet().iterator().next();
        Slot removed = slots.remove(oldest);
        evicted = removed == null ? null : removed.session;
      }
    }
    end(evicted);
    return slot;
  }

  private @Nullable Thread end(@Nullable LegacySession session) {
    return session == null || session.id() == null
        ? null
        : Thread.ofVirtual().name("session-end").start(() -> handshake.end(session));
  }

  /** Ends every session; the servers have a moment to answer. */
  void close() {
    List<Thread> ending = new ArrayList<>();
    synchronized (slots) {
      for (Slot slot : slots.values()) {
        Thread thread = end(slot.session);
        if (thread != null) {
          ending.add(thread);
        }
      }
      slots.clear();
    }
    Deadline soon = Deadline.in(Duration.ofSeconds(1));
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
