package dev.mcpguard.front.legacy;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import java.util.Set;

/**
 * What a client of an older revision can be asked for, as a modern server is told: the kinds it
 * declared that its revision has. An allow-list, member by member.
 */
final class DeclaredInput {
  /** The questions there are. */
  static final Set<String> METHODS =
      Set.of("sampling/createMessage", "elicitation/create", "roots/list");

  private DeclaredInput() {}

  static JsonObject of(ProtocolVersion version, JsonObject capabilities) {
    JsonObject.Builder offered = JsonObject.builder();
    JsonObject elicitation = capabilities.object("elicitation");
    if (elicitation != null && version.compareTo(ProtocolVersion.V2025_06_18) >= 0) {
      // URL mode came with 2025-11-25
      offered.put(
          "elicitation",
          version == ProtocolVersion.V2025_11_25 ? elicitation : JsonObject.of());
    }
    offered.putIfPresent("sampling", capabilities.object("sampling"));
    JsonObject roots = capabilities.object("roots");
    if (roots != null) {
      // the guard tells no server that a client's roots changed
      offered.put("roots", roots.without("listChanged"));
    }
    return offered.build();
  }
}
