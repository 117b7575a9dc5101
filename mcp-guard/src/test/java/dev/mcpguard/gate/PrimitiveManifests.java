package dev.mcpguard.gate;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.ServerManifest;
import java.nio.charset.StandardCharsets;

/** Manifests of a server {@code files} with sections about resources and prompts. */
final class PrimitiveManifests {
  private PrimitiveManifests() {}

  /** {@code sections} is JSON to stand beside the other members, without the outer braces. */
  static ServerManifest of(String sections) {
    String manifest =
        """
        {"files": {"schema": 1, "server": "files", "owner": "Ada", "contact": "#a", "purpose": "tests",
         "transport": {"type": "http", "url": "http://127.0.0.1:1/mcp"}, "sensitivity": "internal",
         "destination": "internal", "review-by": "2030-01-01"%s}}"""
            .formatted(sections.isEmpty() ? "" : ", " + sections);
    try {
      JsonObject evidence =
          StrictJson.parseObject(manifest.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
      ServerManifest read = RegistryLoader.ofEvidence(evidence).manifest("files");
      if (read == null) {
        throw new AssertionError("no manifest");
      }
      return read;
    } catch (MalformedJsonException | ConfigException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
