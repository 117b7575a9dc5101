package dev.mcpguard.front;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.Route;

/**
 * What the guard offers on a route: the servers' capabilities as far as the guard mediates them.
 * Thread-safe and quick; asked for each handshake.
 */
@FunctionalInterface
public interface FrontCapabilities {
  /** The extension under which the guard tells clients how to declare intent. */
  String DECLARED_INTENT = "dev.mcpguard/declared-intent";

  /** The {@code capabilities} object, without the guard's own extension. */
  JsonObject of(Route route);

  /** Whether the tasks extension is on: if not, none of its methods exists. */
  default boolean tasks() {
    return false;
  }

  /** Settings of the extension {@code dev.mcpguard/declared-intent} on this route. */
  default JsonObject declaredIntent(Route route) {
    return JsonObject.builder()
        .put("version", 1)
        .put("required", JsonArray.of(new JsonString("purpose")))
        .build();
  }
}
