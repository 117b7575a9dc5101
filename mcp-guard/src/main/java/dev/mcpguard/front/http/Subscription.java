package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.registry.ExposedUri;
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
 */
record Subscription(Set<String> lists, Set<String> resources) {
  private static final String RESOURCES = "resourceSubscriptions";
  private static final String LIST_CHANGED = "ListChanged";
  private static final List<String> LISTS =
      List.of("toolsListChanged", "promptsListChanged", "resourcesListChanged");
  private static final int MOST = 256;

  /** Everything a legacy session is told of. */
  static final Subscription ALL_LISTS = new Subscription(Set.copyOf(LISTS), Set.of());

  Subscription {
    lists = Set.copyOf(lists);
    resources = Set.copyOf(resources);
  }

  /** Reads the parameters, or null if they are not a subscription. */
  static @Nullable Subscription of(JsonObject params) {
    JsonObject wanted = params.object("notifications");
    if (wanted == null) {
      return null;
    }
    Set<String> lists = new LinkedHashSet<>();
    for (String member : wanted.members().keySet()) {
      if (LISTS.contains(member) && wanted.get(member) == JsonBoolean.TRUE) {
        lists.add(member);
      } else if (!LISTS.contains(member) && !member.equals(RESOURCES)) {
        return null;
      }
    }
    Set<String> uris = wanted.has(RESOURCES) ? texts(wanted.array(RESOURCES)) : Set.of();
    return uris == null || uris.size() > MOST ? null : new Subscription(lists, uris);
  }

  /** What the gate is asked. */
  ListenRequest request(RequestFacts facts, JsonObject params) {
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
    return new ListenRequest(facts, sorted, watched, meta == null ? JsonObject.of() : meta);
  }

  /** What the gate honours. */
  static Subscription honoured(JsonObject result) {
    Set<String> lists = texts(result.array("lists"));
    Set<String> uris = texts(result.array("resources"));
    return new Subscription(lists == null ? Set.of() : lists, uris == null ? Set.of() : uris);
  }

  /** The parameters of the first message: the subset that is honoured. */
  JsonObject acknowledged() {
    JsonObject.Builder honoured = JsonObject.builder();
    LISTS.stream().filter(lists::contains).forEach(list -> honoured.put(list, true));
    if (!resources.isEmpty()) {
      honoured.put(RESOURCES, JsonArray.ofStrings(resources.stream().sorted().toList()));
    }
    return JsonObject.builder().put("notifications", honoured.build()).build();
  }

  /** Whether changes of this kind of list ({@code tools}, ...) are told. */
  boolean tells(String kind) {
    return lists.contains(kind + LIST_CHANGED);
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
