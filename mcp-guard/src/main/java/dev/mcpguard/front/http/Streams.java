package dev.mcpguard.front.http;

import dev.mcpguard.front.ModernEnvelope;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams on which the guard speaks first: modern subscriptions and the GET streams of legacy
 * sessions. Each ends with the token it was opened by. Thread-safe.
 */
final class Streams {
  private static final String TOOLS_CHANGED = "notifications/tools/list_changed";

  private final InstantSource clock;
  private final Map<EventStream, Listener> listeners = new ConcurrentHashMap<>();

  Streams(InstantSource clock) {
    this.clock = clock;
  }

  /** Who listens: the id of a modern subscription, or null for a session's stream. */
  private record Listener(Route route, boolean tools, @Nullable JsonValue subscription) {}

  /** Opens a modern subscription; its first message says what is honoured. */
  void listen(HttpReply reply, Subscription wanted, RequestFacts facts, Principal principal) {
    JsonValue id = facts.id();
    EventStream stream = reply.detach();
    JsonObject first =
        message("notifications/subscriptions/acknowledged", wanted.acknowledged(), id);
    // INVARIANT: whoever has seen the first message misses no later one, and nothing precedes it
    stream.begin(
        () -> listeners.put(stream, new Listener(facts.route(), wanted.tools(), id)),
        first,
        () -> listeners.remove(stream));
    expire(stream, principal);
  }

  /** Opens the stream of a session; an earlier one of the session ends. */
  void attach(HttpReply reply, Session session, Principal principal) {
    EventStream stream = reply.detach();
    session.attach(stream);
    stream.begin(
        () -> listeners.put(stream, new Listener(session.route(), true, null)),
        null,
        () -> {
          listeners.remove(stream);
          session.detach(stream);
        });
    expire(stream, principal);
  }

  /** Tells everyone who wants to know that the tools of a server (null: of any) changed. */
  void toolsChanged(@Nullable String server) {
    listeners.forEach(
        (stream, listener) -> {
          String listening = listener.route().server();
          boolean concerned = server == null || listening == null || listening.equals(server);
          if (listener.tools() && concerned) {
            stream.send(message(TOOLS_CHANGED, JsonObject.of(), listener.subscription()));
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
      JsonObject result =
          tagged(JsonObject.builder().put("resultType", "complete"), listener.subscription());
      stream.send(
          JsonObject.builder()
              .put("jsonrpc", "2.0")
              .put("id", listener.subscription())
              .put("result", result)
              .build());
    }
    stream.end();
  }

  private static JsonObject message(
      String method, JsonObject params, @Nullable JsonValue subscription) {
    JsonObject.Builder members = JsonObject.builder();
    params.members().forEach(members::put);
    JsonObject.Builder message =
        JsonObject.builder().put("jsonrpc", "2.0").put("method", method);
    return subscription == null
        ? message.build()
        : message.put("params", tagged(members, subscription)).build();
  }

  private static JsonObject tagged(JsonObject.Builder members, JsonValue subscription) {
    return members
        .put(
            "_meta",
            JsonObject.builder().put(ModernEnvelope.SUBSCRIPTION, subscription).build())
        .build();
  }
}
