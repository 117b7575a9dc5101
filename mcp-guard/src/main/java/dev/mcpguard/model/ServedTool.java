package dev.mcpguard.model;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import dev.mcpguard.registry.ToolLimits;
import java.util.Set;

/**
 * A registered tool together with the approved definition it is served by. Immutable.
 *
 * @param registered what the registry says of it
 * @param definition the whole tool object that was approved: clients see this text and no other
 * @param definitionDigest its pinned digest
 */
public record ServedTool(RegisteredTool registered, JsonObject definition, Digest definitionDigest) {

  public String server() {
    return registered.server().text();
  }

  /** The tool's own name at its server. */
  public String name() {
    return registered.name().text();
  }

  /** {@code server/tool}. */
  public String id() {
    return registered.id();
  }

  public String owner() {
    return registered.owner();
  }

  /** The widest class a call of it can have. */
  public RiskClass riskClass() {
    return registered.riskClass();
  }

  public Set<Effect> effects() {
    return registered.effects();
  }

  public Sensitivity sensitivity() {
    return registered.sensitivity();
  }

  public Destination destination() {
    return registered.destination();
  }

  public ToolLimits limits() {
    return registered.limits();
  }
}
