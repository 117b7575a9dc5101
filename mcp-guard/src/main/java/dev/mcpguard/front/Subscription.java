package dev.mcpguard.front;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import dev.mcpguard.registry.ExposedUri;
import dev.mcpguard.registry.ServerId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code subscriptions/listen} asks for, or what of it is honoured.
 *
 * @param lists kinds of list changes ({@code toolsListChanged}, ...)
 * @param resources URIs as the client names them
 * @param tasks names of tasks (SEP-2663)
 */
public record Subscription(Set<String> lists, Set<String> resources, Set<String> tasks) {
  private static final String RESOURCES = "resourceSubscriptions";
  private static final String TASKS = "taskIds";
  private static final String LIST_CHANGED = "ListChanged";
  private static final List<String> LISTS =
      List.of("toolsListChanged", "promptsListChanged", "resourcesListChanged");
  private static final int MOST = 256;

  /** Each is asked for by the guard while the subscription is open. */
  private static final int MOST_TASKS = 16;

  /** Everything a legacy session is told of. */
  public static final Subscription ALL_LISTS = 
      new Subscription(Set.copyOf(LISTS), Set.of(), Set.of());

  public Subscription {
    lists = Set.copyOf(lists);
    resources = Set.copyOf(resources);
    tasks = Set.copyOf(tasks);
  }

  /**
   * Reads the parameters, or null if they are not a subscription.
   *
   * @param tasksOn whether tasks can be subscribed to
   */
  public static @Nullable Subscription of(JsonObject params, boolean tasksOn) {
    JsonObject wanted = params.object("notifications");
    if (wanted == null) {
      return null;
    }
    Set<String> lists = new LinkedHashSet<>();
    for (String member : wanted.members().keySet()) {
      if (LISTS.contains(member) && wanted.get(member) == JsonBoolean.TRUE) {
        lists.add(member);
      } else if (!LISTS.contains(member)
          && !member.equals(RESOURCES)
          && !(tasksOn && member.equals(TASKS))) {
        return null;
      }
    }
    Set<String> uris = wanted.has(RESOURCES) ? texts(wanted.array(RESOURCES)) : Set.of();
    Set<String> tasks = wanted.has(TASKS) ? texts(wanted.array(TASKS)) : Set.of();
    return uris == null || tasks == null || uris.size() > MOST || tasks.size() > MOST_TASKS
        ? null
        : new Subscription(lists, uris, tasks);
  }

  /** What the gate is asked. */
  public ListenRequest request(RequestFacts facts, JsonObject params) {
    List<ListenRequest.Watched> watched = new ArrayList<>();
    String server = facts.route().server();
    for (String uri : resources) {
      ExposedUri exposed = server == null ? ExposedUri.ofText(uri) : null;
      if (server != null) {
        watched.add(new ListenRequest.Watched(uri, server, uri));
      } else if (exposed != null) {
        watched.add(new ListenRequest.Watched(uri, exposed.server().text(), exposed.uri()));
      }
    }
    JsonObject meta = params.object("_meta");
    List<String> sorted = LISTS.stream().filter(lists::contains).toList();
    return new ListenRequest(
        facts, sorted, watched, List.copyOf(tasks), meta == null ? JsonObject.of() : meta);
  }

  /** What the gate honours. */
  public static Subscription honoured(JsonObject result) {
    Set<String> lists = texts(result.array("lists"));
    Set<String> uris = texts(result.array("resources"));
    Set<String> tasks = texts(result.array("tasks"));
    return new Subscription(
        lists == null ? Set.of() : lists,
        uris == null ? Set.of() : uris,
        tasks == null ? Set.of() : tasks);
  }

  /** The parameters of the first message: the subset that is honoured. */
  public JsonObject acknowledged() {
    JsonObject.Builder honoured = JsonObject.builder();
    LISTS.stream().filter(lists::contains).forEach(list -> honoured.put(list, true));
    if (!resources.isEmpty()) {
      honoured.put(RESOURCES, JsonArray.ofStrings(resources.stream().sorted().toList()));
    }
    if (!tasks.isEmpty()) {
      honoured.put(TASKS, JsonArray.ofStrings(tasks.stream().sorted().toList()));
    }
    return JsonObject.builder().put("notifications", honoured.build()).build();
  }

  /** Whether changes of this kind of list ({@code tools}, ...) are told. */
  public boolean tells(String kind) {
    return lists.contains(kind + LIST_CHANGED);
  }

  /** The URI of a server's resource as clients of the route name it. */
  public static String named(Route route, String server, String uri) {
    ServerId id = ServerId.ofText(server);
    return route.server() == null && id != null ? new ExposedUri(id, uri).text() : uri;
  }

  /** A notification for the subscription of this id, or for a legacy client. */
  public static JsonObject message(
      String method, JsonObject params, @Nullable JsonValue subscription) {
    JsonObject.Builder members = JsonObject.builder();
    params.members().forEach(members::put);
    JsonObject.Builder message =
        JsonObject.builder().put("jsonrpc", "2.0").put("method", method);
    if (subscription != null) {
      message.put("params", tagged(members, subscription));
    } else if (!params.members().isEmpty()) {
      message.put("params", params);
    }
    return message.build();
  }

  /** The result that ends the subscription of this id. */
  public static JsonObject end(JsonValue subscription) {
    return JsonObject.builder()
        .put("jsonrpc", "2.0")
        .put("id", subscription)
        .put(
            "result",
            tagged(JsonObject.builder().put("resultType", "complete"), subscription))
        .build();
  }

  private static JsonObject tagged(JsonObject.Builder members, JsonValue subscription) {
    return members
        .put(
            "_meta",
            JsonObject.builder().put(ModernEnvelope.SUBSCRIPTION, subscription).build())
        .build();
  }

  private static @Nullable Set<String> texts(@Nullable JsonArray array) {
    if (array == null) {
      return null;
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonValue value : array.values()) {
      if (!(value instanceof JsonString(String text))) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }
}
