package dev.mcpguard.app.wiring;

import dev.mcpguard.front.FrontCapabilities;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.TasksExtension;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a route offers: what the servers behind it can do, as far as the guard mediates it. Tools are
 * always among it: the guard lists the approved ones itself. An allow-list, so that what a server
 * invents is not announced.
 */
final class OfferedCapabilities implements FrontCapabilities {
  private static final String LIST_CHANGED = "listChanged";

  private final Supplier<? extends Iterable<String>> servers;
  private final Function<String, JsonObject> capabilities;
  private final boolean tasks;

  /**
   * @param servers ids of all servers
   * @param capabilities what a server says it can do
   * @param tasks whether the tasks extension is on
   */
  OfferedCapabilities(
      Supplier<? extends Iterable<String>> servers,
      Function<String, JsonObject> capabilities,
      boolean tasks) {
    this.servers = servers;
    this.capabilities = capabilities;
    this.tasks = tasks;
  }

  @Override
  public boolean tasks() {
    return tasks;
  }

  @Override
  public JsonObject of(Route route) {
    String server = route.server();
    Iterable<String> behind = server == null ? servers.get() : List.of(server);
    JsonObject offered =
        JsonObject.of().with("tools", JsonObject.of().with(LIST_CHANGED, JsonBoolean.TRUE));
    for (String each : behind) {
      JsonObject stated = capabilities.apply(each);
      offered = joined(offered, stated);
      if (tasks && TasksExtension.in(stated)) {
        offered = TasksExtension.announced(offered);
      }
    }
    return offered;
  }

  private static JsonObject joined(JsonObject offered, JsonObject stated) {
    JsonObject joined = offered;
    for (String name : List.of("resources", "prompts", "completions", "logging")) {
      JsonObject one = stated.object(name);
      if (one != null) {
        JsonObject before = joined.object(name);
        joined = joined.with(name, flags(before == null ? JsonObject.of() : before, one));
      }
    }
    return joined;
  }

  private static JsonObject flags(JsonObject before, JsonObject stated) {
    JsonObject joined = before;
    for (String flag : List.of(LIST_CHANGED, "subscribe")) {
      if (stated.get(flag) == JsonBoolean.TRUE) {
        joined = joined.with(flag, JsonBoolean.TRUE);
      }
    }
    return joined;
  }
}
