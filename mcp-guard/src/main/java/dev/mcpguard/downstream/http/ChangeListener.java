package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream open on which a server that announces it tells that its lists or watched resources changed: {@code
 * subscriptions/listen}, or the {@code GET} stream of the older revisions. A hint only: listings are
 * renewed without it too. One virtual thread.
 */
final class ChangeListener implements AutoCloseable {
  private static final int MOST_WATCHED = 1_000;
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration CHOOSING = Duration.ofSeconds(10);
  private static final Duration UNSUPPORTED = Duration.ofMinutes(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** How one attempt ended. */
  private enum Attempt {
    ENDED,
    FAILED,
    UNSUPPORTED
  }

  private final EraFinder era;
  private final ModernWire modern;
  private final LegacyWire legacy;
  private final ServerEvents events;
  private final Set<String> watched = new LinkedHashSet<>();
  private final Semaphore anew = new Semaphore(0);
  private volatile StopSignal attempt = new StopSignal();
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  ChangeListener(EraFinder era, ModernWire modern, LegacyWire legacy, ServerEvents events) {
    this.era = era;
    this.modern = modern;
    this.legacy = legacy;
    this.events = events;
  }

  void start() {
    thread = Thread.ofVirtual().name("list-changes").start(this::run);
  }

  /** From now on tells of changes of this resource too. */
  void watch(String uri) {
    synchronized (watched) {
      if (uri.isEmpty() || watched.size() >= MOST_WATCHED || !watched.add(uri)) {
        return;
      }
    }
    // the stream is opened anew with everything that is watched
    anew.release();
    attempt.stop();
  }

  private List<String> watched() {
    synchronized (watched) {
      return List.copyOf(watched);
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!stopped) {
      Attempt ended = listen();
      switch (ended) {
        case ENDED -> pause = FIRST_PAUSE;
        case FAILED -> pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        case UNSUPPORTED -> pause = UNSUPPORTED;
      }
      try {
        if (anew.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          anew.drainPermits();
        }
      } catch (InterruptedException stopping) {
        return;
      }
      if (ended == Attempt.ENDED) {
        // something may have been said while nobody listened
        events.listChanged("tools");
      }
    }
  }

  private Attempt listen() {
    StopSignal signal = new StopSignal();
    attempt = signal;
    if (stopped) {
      return Attempt.ENDED;
    }
    ServerRequest probe = request(JsonObject.of(), Deadline.in(CHOOSING));
    return switch (era.choose(probe)) {
      case EraFinder.Choice.Modern chosen -> modern(signal);
      case EraFinder.Choice.Legacy chosen -> legacy(chosen.session(), signal);
      // the link of each caller tells of changes
      case EraFinder.Choice.TwoEndpoints chosen -> Attempt.UNSUPPORTED;
      case EraFinder.Choice.Neither unreachable -> Attempt.FAILED;
    };
  }

  private Attempt modern(StopSignal signal) {
    JsonObject.Builder wanted = JsonObject.builder();
    List<String> kinds = announced(era.capabilities());
    kinds.forEach(kind -> wanted.put(kind + "ListChanged", true));
    List<String> uris = watched();
    if (!uris.isEmpty()) {
      wanted.put("resourceSubscriptions", JsonArray.ofStrings(uris));
    }
    return kinds.isEmpty() && uris.isEmpty()
        ? Attempt.UNSUPPORTED
        : verdict(modern.exchange(request(wanted.build(), Deadline.in(LONGEST)), signal));
  }

  private Attempt legacy(LegacySession session, StopSignal signal) {
    List<String> uris = watched();
    if (announced(session.capabilities()).isEmpty() && uris.isEmpty()) {
      return Attempt.UNSUPPORTED;
    }
    for (String uri : uris) {
      JsonObject params = JsonObject.builder().put("uri", uri).build();
      Caller guard = Caller.guard(ProtocolVersion.LATEST_MODERN);
      legacy.send(
          ServerRequest.own("resources/subscribe", params, guard, Deadline.in(CHOOSING)),
          session,
          signal);
    }
    return verdict(
        legacy.listen(request(JsonObject.of(), Deadline.in(LONGEST)), session, signal));
  }

  private static ServerRequest request(JsonObject wanted, Deadline deadline) {
    Caller guard = Caller.guard(ProtocolVersion.LATEST_MODERN);
    JsonObject params = JsonObject.builder().put("notifications", wanted).build();
    return ServerRequest.own("subscriptions/listen", params, guard, deadline);
  }

  /** The kinds of lists whose changes the server announces. */
  private static List<String> announced(JsonObject capabilities) {
    return Stream.of("tools", "prompts", "resources")
        .filter(
            kind -> {
              JsonObject offered = capabilities.object(kind);
              return offered != null && offered.get("listChanged") == JsonBoolean.TRUE;
            })
        .toList();
  }

  private static Attempt verdict(HttpReply reply) {
    return switch (reply) {
      case HttpReply.Turned refused -> Attempt.UNSUPPORTED;
      case HttpReply.Answered answered when answered.response().error() != null ->
          Attempt.UNSUPPORTED;
      case HttpReply.Answered ended -> Attempt.ENDED;
      case HttpReply.NoAnswer lost -> Attempt.ENDED;
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  @Override
  public void close() {
    stopped = true;
    attempt.stop();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
