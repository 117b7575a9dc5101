package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Input schemas of tools, needed to compare {@code Mcp-Param-*} headers with the arguments. */
@FunctionalInterface
public interface ToolSchemas {

  /** The approved {@code inputSchema} of a tool, or null if no such tool is served. */
  @Nullable JsonObject inputSchema(String server, String tool);
}
