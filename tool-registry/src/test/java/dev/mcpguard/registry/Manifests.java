package dev.mcpguard.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeMap;

/** Manifests and definitions for tests. */
final class Manifests {
  static final String HEAD =
      """
      schema: 1
      server: files
      owner: team-records
      contact: records@bank.example
      purpose: the claims archive
      transport: {type: http, url: "https://files.bank.example/mcp"}
      sensitivity: confidential
      destination: internal
      """;

  private Manifests() {}

  /** The manifest of the server {@code files} with these lines under {@code tools}. */
  static ServerManifest files(String tools) throws ConfigException {
    return Objects.requireNonNull(load(HEAD + "tools:\n" + tools.indent(2)).manifest("files"));
  }

  static RegistrySnapshot load(String manifest) throws ConfigException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("files.yaml", manifest.getBytes(StandardCharsets.UTF_8));
    return RegistryLoader.load(new ManifestFiles(files));
  }

  static RegisteredTool tool(String lines) throws ConfigException {
    return Objects.requireNonNull(files("t:\n" + lines.indent(2)).tool("t"));
  }

  static JsonObject json(String text) {
    try {
      return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
