package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The links to one server: one per caller, version and capabilities, opened when first needed,
 * bounded because each holds a connection; the one unused longest goes first. Thread-safe.
 */
final class SseLinks implements AutoCloseable {
  private static final int MOST_LINKS = 128;

  private record Key(
      @Nullable PrincipalKey principal, ProtocolVersion version, String capabilities) {}

  /** A place for one link; whoever holds the lock opens it for all who wait. */
  private static final class Place {
    private final ReentrantLock opening = new ReentrantLock();
    private volatile SseHandshake.@Nullable Joined joined;
  }

  private final SseHandshake handshake;
  private final Map<Key, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  SseLinks(SseHandshake handshake) {
    this.handshake = handshake;
  }

  SseHandshake.Opening link(Caller caller, Deadline deadline) {
    Place place = place(caller);
    SseHandshake.Joined ready = living(place);
    if (ready != null) {
      return new SseHandshake.Opening.Ready(ready);
    }
    try {
      if (!place.opening.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return new SseHandshake.Opening.NotReady(Failures.late(false));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new SseHandshake.Opening.NotReady(Failures.abandoned(false));
    }
    try {
      SseHandshake.Joined meanwhile = living(place);
      SseHandshake.Opening opening =
          meanwhile == null
              ? handshake.open(caller, deadline)
              : new SseHandshake.Opening.Ready(meanwhile);
      if (opening instanceof SseHandshake.Opening.Ready(SseHandshake.Joined joined)) {
        place.joined = joined;
      }
      return opening;
    } finally {
      place.opening.unlock();
    }
  }

  private static SseHandshake.@Nullable Joined living(Place place) {
    SseHandshake.Joined joined = place.joined;
    return joined != null && joined.link().alive() ? joined : null;
  }

  private Place place(Caller caller) {
    Key key = new Key(caller.principal(), caller.version(), caller.capabilitiesText());
    Place evicted = null;
    Place place;
    synchronized (places) {
      place = places.computeIfAbsent(key, absent -> new Place());
      if (places.size() > MOST_LINKS) {
        evicted = places.remove(places.keySet().iterator().next());
      }
    }
    end(evicted);
    return place;
  }

  private static void end(@Nullable Place place) {
    SseHandshake.Joined joined = place == null ? null : place.joined;
    if (joined != null) {
      joined.link().close();
    }
  }

  @Override
  public void close() {
    List<Place> all;
    synchronized (places) {
      all = new ArrayList<>(places.values());
      places.clear();
    }
    all.forEach(SseLinks::end);
  }
}
