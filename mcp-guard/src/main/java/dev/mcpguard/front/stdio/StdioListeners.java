package dev.mcpguard.front.stdio;

import dev.mcpguard.front.Subscription;
import dev.mcpguard.front.TaskWatch;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the one client of a stdio front is told unasked: a legacy client of everything it watches, a
 * modern one by its subscriptions, each of which ends with the token it was opened by. Thread-safe.
 */
final class StdioListeners {
  private static final int MOST = 64;
  private static final Set<String> KINDS = Set.of("tools", "prompts", "resources");

  /** One open subscription. */
  private record Open(Subscription wanted, Instant until) {}

  private final Output out;
  private final Route route;
  private final InstantSource clock;
  private final Supplier<@Nullable Conversation> legacy;
  private final TaskWatch watch;
  private final Map<JsonValue, Open> open = new ConcurrentHashMap<>();

  StdioListeners(
      Output out,
      Route route,
      InstantSource clock,
      Supplier<@Nullable Conversation> legacy,
      TaskWatch watch) {
    this.watch = watch;
    this.out = out;
    this.route = route;
    this.clock = clock;
    this.legacy = legacy;
  }

  /**
   * Opens a subscription and says what of it is honoured; false if there are too many or the client
   * took its request back meanwhile.
   */
  boolean listen(
      ListenRequest request, Subscription honoured, Instant until, BooleanSupplier cancelled) {
    JsonValue id = request.facts().id();
    // INVARIANT: nothing of a subscription precedes its acknowledgement, and whoever cancels it either
    // is seen here or finds it open
    synchronized (open) {
      if (id == null || open.size() >= MOST || cancelled.getAsBoolean()) {
        return false;
      }
      out.write(
          Subscription.message(
              "notifications/subscriptions/acknowledged", honoured.acknowledged(), id));
      open.put(id, new Open(honoured, until));
    }
    watch.watch(
        request.facts(), request.meta(), honoured.tasks(), () -> open.containsKey(id),
        task -> tell(id, task));
    return true;
  }

  private void tell(JsonValue id, JsonObject task) {
    synchronized (open) {
      Open subscription = open.get(id);
      if (subscription != null && !clock.instant().isAfter(subscription.until())) {
        out.write(Subscription.message("notifications/tasks", task, id));
      }
    }
  }

  /** The client does not want to hear more; to be called once its request is marked so. */
  void cancel(@Nullable JsonValue id) {
    synchronized (open) {
      if (id != null) {
        open.remove(id);
      }
    }
  }

  void listChanged(String server, String kind) {
    if (KINDS.contains(kind) && concerns(server)) {
      String method = "notifications/" + kind + "/list_changed";
      tell(wanted -> wanted.tells(kind), method, JsonObject.of());
      if (legacy.get() != null) {
        out.write(Subscription.message(method, JsonObject.of(), null));
      }
    }
  }

  void resourceUpdated(String server, String uri) {
    if (!concerns(server)) {
      return;
    }
    String named = Subscription.named(route, server, uri);
    String method = "notifications/resources/updated";
    JsonObject params = JsonObject.builder().put("uri", named).build();
    tell(wanted -> wanted.resources().contains(named), method, params);
    Conversation conversation = legacy.get();
    if (conversation != null && conversation.watches(named)) {
      out.write(Subscription.message(method, params, null));
    }
  }

  private boolean concerns(String server) {
    return route.server() == null || route.server().equals(server);
  }

  private void tell(
      Predicate<Subscription> who, String method, JsonObject params) {
    synchronized (open) {
      open.forEach(
          (id, subscription) -> {
            if (clock.instant().isAfter(subscription.until())) {
              end(id);
            } else if (who.test(subscription.wanted())) {
              out.write(Subscription.message(method, params, id));
            }
          });
    }
  }

  private void end(JsonValue id) {
    if (open.remove(id) != null) {
      out.write(Subscription.end(id));
    }
  }

  /** Ends every subscription with its result. */
  void close() {
    open.keySet().forEach(this::end);
  }
}
