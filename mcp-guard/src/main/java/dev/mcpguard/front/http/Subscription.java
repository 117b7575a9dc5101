package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code subscriptions/listen} asks for, cut to what the guard can tell: changes of the list
 * of tools.
 *
 * @param tools whether list changes of tools are wanted
 */
record Subscription(boolean tools) {
  private static final String TOOLS = "toolsListChanged";
  private static final Set<String> KINDS =
      Set.of(TOOLS, "promptsListChanged", "resourcesListChanged", "resourceSubscriptions");

  /** Reads the parameters, or null if they are not a subscription. */
  static @Nullable Subscription of(JsonObject params) {
    JsonObject wanted = params.object("notifications");
    if (wanted == null || !KINDS.containsAll(wanted.members().keySet())) {
      return null;
    }
    return new Subscription(wanted.get(TOOLS) == JsonBoolean.TRUE);
  }

  /** The subset that is honoured. */
  JsonObject acknowledged() {
    JsonObject.Builder honoured = JsonObject.builder();
    if (tools) {
      honoured.put(TOOLS, true);
    }
    return JsonObject.builder().put("notifications", honoured.build()).build();
  }
}
