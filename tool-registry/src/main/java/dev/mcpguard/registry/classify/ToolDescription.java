package dev.mcpguard.registry.classify;

import dev.mcpguard.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tool before anyone has classed it. All of it is the author's claim and may be
 * hostile. Immutable and thread-safe.
 *
 * @param server the server or service, when known
 * @param name the tool's name as the server spells it
 */
public record ToolDescription(
    @Nullable String server,
    String name,
    @Nullable String description,
    @Nullable JsonObject inputSchema,
    @Nullable JsonObject annotations) {
  public ToolDescription {
    Objects.requireNonNull(name);
  }

  /** The description of a tool of which only the name is known. */
  public static ToolDescription named(String name) {
    return new ToolDescription(null, name, null, null, null);
  }

  /** Reads a tool object of MCP; a member of the wrong type counts as absent. */
  public static ToolDescription of(@Nullable String server, JsonObject tool) {
    String name = tool.string("name");
    return new ToolDescription(
        server,
        name == null ? "" : name,
        tool.string("description"),
        tool.object("inputSchema"),
        tool.object("annotations"));
  }

  ToolDescription withoutAnnotations() {
    return new ToolDescription(server, name, description, inputSchema, null);
  }
}
