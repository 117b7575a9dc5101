package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import dev.mcpguard.registry.ToolLimits;
import java.util.Set;

/** Registered tools for tests. */
public final class Tools {
  private Tools() {}

  /** A read tool with this definition, approved. */
  public static RegisteredTool registered(String server, JsonObject definition) {
    String name = definition.string("name");
    return new RegisteredTool(
        server,
        name == null ? "echo" : name,
        "owner",
        RiskClass.READ,
        Set.of(),
        Sensitivity.INTERNAL,
        Destination.INTERNAL,
        Digest.of(definition),
        definition,
        new ToolLimits(null));
  }
}
