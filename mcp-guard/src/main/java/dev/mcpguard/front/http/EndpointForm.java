package dev.mcpguard.front.http;

import org.jspecify.annotations.Nullable;

/** In which form an endpoint is addressed; the gate behind it is one and the same. Immutable. */
sealed interface EndpointForm {
  /** The MCP endpoint proper. */
  EndpointForm MCP = new Mcp();

  /** The MCP endpoint proper. */
  record Mcp() implements EndpointForm {}

  /**
   * One tool of the guard's own in its plain form.
   *
   * @param tool the tool that the path names
   */
  record Command(String tool) implements EndpointForm {}

  /**
   * Where the messages of a session are posted (2024-11-05).
   *
   * @param session the id of the session
   */
  record Messages(String session) implements EndpointForm {}

  /** The tool of the guard's own that the path names in the plain form, or null. */
  default @Nullable String command() {
    return this instanceof Command command ? command.tool() : null;
  }

  /** The session whose messages are posted here, or null. */
  default @Nullable String messages() {
    return this instanceof Messages messages ? messages.session() : null;
  }
}
