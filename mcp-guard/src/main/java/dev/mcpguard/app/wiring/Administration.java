package dev.mcpguard.app.wiring;

import dev.mcpguard.admin.OwnRegistry;
import dev.mcpguard.admin.OwnServer;
import dev.mcpguard.app.verbs.RegistryVerbs;
import dev.mcpguard.app.verbs.VerbParts;
import dev.mcpguard.downstream.Downstream;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.model.ToolServers;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.OwnTransport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The guard's own tools beside those of the servers behind it: the gate finds both by the same two
 * questions. Made only where the configuration switches them on. Thread-safe.
 */
final class Administration {
  private final ToolRegistry registry;
  private final ToolServers servers;

  Administration(
      Downstream downstream,
      Function<JsonObject, @Nullable ClassFinding> judge,
      VerbParts parts) {
    OwnServer own = new OwnServer(RegistryVerbs.of(parts));
    ToolServers behind = downstream.servers();
    this.registry = new OwnRegistry(downstream.registry(), parts.registry(), judge);
    this.servers =
        server -> server.equals(OwnTransport.SERVER) ? own : behind.find(server);
  }

  ToolRegistry registry() {
    return registry;
  }

  ToolServers servers() {
    return servers;
  }
}
