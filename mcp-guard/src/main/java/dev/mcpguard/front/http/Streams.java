package dev.mcpguard.front.http;

import dev.mcpguard.front.Subscription;
import dev.mcpguard.front.TaskWatch;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallerPlaces;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams on which the guard speaks first: modern subscriptions and the GET streams of legacy
 * sessions. Each ends with the token it was opened by. Thread-safe.
 */
final class Streams {
  private static final Set<String> KINDS = Set.of("tools", "prompts", "resources");

  private final InstantSource clock;
  private final CallerPlaces places;
  private final TaskWatch watch;
  private final Map<EventStream, Listener> listeners = new ConcurrentHashMap<>();

  Streams(InstantSource clock, CallerPlaces places, TaskWatch watch) {
    this.clock = clock;
    this.places = places;
    this.watch = watch;
  }

  /** Who listens: the id of a modern subscription, or null for a session's stream. */
  private record Listener(
      Route route,
      Predicate<String> lists,
      Predicate<String> resources,
      @Nullable JsonValue subscription) {

    boolean concerns(String server) {
      return route.server() == null || route.server().equals(server);
    }
  }

  /** Opens a modern subscription; its first message says what is honoured. */
  void listen(HttpReply reply, Subscription wanted, ListenRequest request, Principal principal) {
    RequestFacts facts = request.facts();
    JsonValue id = facts.id();
    EventStream stream = reply.detach();
    JsonObject first =
        Subscription.message(
            "notifications/subscriptions/acknowledged", wanted.acknowledged(), id);
    // INVARIANT: whoever has seen the first message misses no later one, and nothing precedes it
    stream.begin(
        () -> listeners.put(stream, new Listener(facts.route(), wanted::tells, wanted.resources()::contains, id)),
        first,
        () -> {
          listeners.remove(stream);
          places.endStream(principal.key());
        });
    expire(stream, principal);
    watch.watch(
        facts, request.meta(), wanted.tasks(), () -> listeners.containsKey(stream),
        task -> stream.send(Subscription.message("notifications/tasks", task, id)));
  }

  /** Opens the stream of a session; an earlier one of the session ends. */
  void attach(HttpReply reply, Session session, Principal principal) {
    EventStream stream = reply.detach();
    session.attach(stream);
    stream.begin(
        () -> listeners.put(stream, listener(session)),
        null,
        () -> {
          listeners.remove(stream);
          session.detach(stream);
          places.endStream(principal.key());
        });
    expire(stream, principal);
  }

  /** Opens the stream that is a session of 2024-11-05; {@code ended} runs when it is gone. */
  void begin(HttpReply reply, Session session, Principal principal, Runnable ended) {
    EventStream stream = reply.detach();
    session.attach(stream);
    stream.beginAt(
        Paths.messages(session),
        () -> listeners.put(stream, listener(session)),
        () -> {
          listeners.remove(stream);
          session.detach(stream);
          places.endStream(principal.key());
          ended.run();
        });
    expire(stream, principal);
  }

  private static Listener listener(Session session) {
    return new Listener(
        session.route(),
        Subscription.ALL_LISTS::tells,
        uri -> session.conversation().watches(uri),
        null);
  }

  /** Gives up the place of a stream that the gate permitted and that is not opened. */
  void forgo(Principal principal) {
    places.endStream(principal.key());
  }

  /** Tells everyone who wants to know that a list ({@code tools}, ...) of a server changed. */
  void listChanged(String server, String kind) {
    if (!KINDS.contains(kind)) {
      return;
    }
    String method = "notifications/" + kind + "/list_changed";
    listeners.forEach(
        (stream, listener) -> {
          if (listener.lists().test(kind) && listener.concerns(server)) {
            stream.send(Subscription.message(method, JsonObject.of(), listener.subscription()));
          }
        });
  }

  /** Tells those who watch it, and nobody else, that a resource of a server changed. */
  void resourceUpdated(String server, String uri) {
    listeners.forEach(
        (stream, listener) -> {
          String named = Subscription.named(listener.route(), server, uri);
          if (listener.concerns(server) && listener.resources().test(named)) {
            JsonObject params = JsonObject.builder().put("uri", named).build();
            stream.send(
                Subscription.message(
                    "notifications/resources/updated", params, listener.subscription()));
          }
        });
  }

  /** Ends every stream, subscriptions with their result. */
  void close() {
    listeners.keySet().forEach(this::end);
  }

  int count() {
    return listeners.size();
  }

  private void expire(EventStream stream, Principal principal) {
    Duration left = Duration.between(clock.instant(), principal.expiresAt());
    stream.later(() -> end(stream), left);
  }

  private void end(EventStream stream) {
    Listener listener = listeners.remove(stream);
    if (listener != null && listener.subscription() != null) {
      stream.send(Subscription.end(listener.subscription()));
    }
    stream.end();
  }
}
