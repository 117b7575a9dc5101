package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.List;

/**
 * A resource, prompt or server as the gate sees it. Immutable.
 *
 * @param server the guard's name of the server
 * @param owner who answers for it
 * @param name the URI, the prompt's name, or the server's id
 * @param rule what the registry says of it
 */
public record RegisteredPrimitive(
    ServerId server, String owner, PrimitiveKind kind, String name, PrimitiveRule rule) {

  /**
   * {@code server/kind/name}, the id in policy input and records. A tool's name holds no slash, so
   * no pattern for one tool covers a primitive.
   */
  public String id() {
    return kind == PrimitiveKind.SERVER
        ? server.text() + "/server"
        : server.text() + "/" + kind.text() + "/" + name;
  }

  public RiskClass riskClass() {
    return rule.riskClass();
  }

  public Sensitivity sensitivity() {
    return rule.exposure().sensitivity();
  }

  public Destination destination() {
    return rule.exposure().destination();
  }

  /** What is blanked in answers. */
  public List<JsonPointer> redact() {
    return rule.redact();
  }
}
