package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * The extension {@code io.modelcontextprotocol/tasks} (SEP-2663, MCP 2026-07-28) as a client
 * declares it: with each request, in its capabilities. Stateless.
 */
public final class TasksExtension {
  /** The name of the extension. */
  public static final String NAME = "io.modelcontextprotocol/tasks";

  /** The member of capabilities that holds extensions, on both sides. */
  public static final String EXTENSIONS = "extensions";

  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  private TasksExtension() {}

  /** Whether capabilities name the extension, in the one form there is: with an object. */
  public static boolean in(JsonObject capabilities) {
    JsonObject extensions = capabilities.object(EXTENSIONS);
    return extensions != null && extensions.object(NAME) != null;
  }

  /** Whether a result says that its call goes on as a task. */
  public static boolean begins(JsonObject result) {
    return "task".equals(result.string("resultType"));
  }

  /** Whether a request with this {@code _meta} comes of a client that can be answered by a task. */
  public static boolean declared(JsonObject meta) {
    JsonObject capabilities = meta.object(CAPABILITIES);
    return capabilities != null && in(capabilities);
  }

  /** The same {@code _meta} of a client that declares no extension. */
  public static JsonObject withdrawn(JsonObject meta) {
    JsonObject capabilities = meta.object(CAPABILITIES);
    return capabilities == null || !capabilities.has(EXTENSIONS)
        ? meta
        : meta.with(CAPABILITIES, capabilities.without(EXTENSIONS));
  }

  /** Capabilities that name the extension beside {@code others}, and no other extension. */
  public static JsonObject announced(JsonObject others) {
    return others.with(EXTENSIONS, JsonObject.of().with(NAME, JsonObject.of()));
  }
}
