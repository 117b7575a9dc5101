package dev.mcpguard.admin;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.ServerManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The definitions of the guard's own tools ({@code tools.json} of this package) and their manifest.
 * Their classes are part of the guard and not of any file: an operator switches them on and names
 * who answers for them, and no more. Stateless.
 */
public final class OwnTools {
  /** Their effect is known from their source; the classifier sees names alone. */
  private static final Set<String> READING =
      Set.of(
          "registry_list", "registry_show", "registry_diff", "registry_inspect", "registry_lint",
          "registry_classify", "registry_export", "registry_access");

  private OwnTools() {}

  /** Every tool object, as clients see it. */
  public static List<JsonObject> definitions() {
    try (InputStream stream =
        Objects.requireNonNull(OwnTools.class.getResourceAsStream("tools.json"))) {
      List<JsonObject> definitions = new ArrayList<>();
      if (StrictJson.parse(stream.readAllBytes(), JsonLimits.message()) instanceof JsonArray all) {
        all.values().forEach(each -> definitions.add((JsonObject) each));
      }
      return definitions;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (MalformedJsonException broken) {
      throw new IllegalStateException("the guard's own tools cannot be read", broken);
    }
  }

  /**
   * The manifest of the guard's own server.
   *
   * @param owner who answers for the guard
   * @param contact how to reach the owner
   */
  public static ServerManifest manifest(String owner, String contact) throws ConfigException {
    JsonObject source =
        JsonObject.builder()
            .put("schema", 1)
            .put("server", OwnTransport.SERVER)
            .put("owner", owner)
            .put("contact", contact)
            .put("purpose", "administration of this guard")
            .put("transport", JsonObject.builder().put("type", "guard").build())
            .put("sensitivity", "confidential")
            .put("destination", "internal")
            .put("tools", tools())
            .build();
    JsonObject evidence = JsonObject.of().with(OwnTransport.SERVER, source);
    return Objects.requireNonNull(
        RegistryLoader.ofEvidence(evidence).manifest(OwnTransport.SERVER));
  }

  private static JsonObject tools() {
    JsonObject.Builder tools = JsonObject.builder();
    for (JsonObject definition : definitions()) {
      String name = Objects.requireNonNull(definition.string("name"));
      tools.put(name, tool(definition, READING.contains(name)));
    }
    return tools.build();
  }

  private static JsonValue tool(JsonObject definition, boolean reading) {
    JsonValue digest = new JsonString(DefinitionDigest.of(definition).text());
    JsonObject.Builder tool =
        JsonObject.builder().put("class", reading ? "read" : "admin").put("digest", digest);
    if (reading) {
      tool.put(
          "override",
          JsonObject.builder()
              .put("class", "read")
              .put("by", "mcp-guard release")
              .put("reason", "a verb of the guard itself that changes nothing")
              .put("digest", digest)
              .build());
    }
    return tool.build();
  }
}
