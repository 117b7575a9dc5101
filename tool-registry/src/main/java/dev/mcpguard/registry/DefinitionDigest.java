package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;

/**
 * The digest that pins a tool: over the canonical JSON of the whole tool object as received,
 * members we do not know included, so that nothing a client or model could read changes unseen.
 */
public final class DefinitionDigest {
  private DefinitionDigest() {}

  public static Digest of(JsonObject tool) {
    return Digest.of(tool);
  }
}
