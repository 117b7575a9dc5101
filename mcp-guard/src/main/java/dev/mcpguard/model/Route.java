package dev.mcpguard.model;

import org.jspecify.annotations.Nullable;

/**
 * The endpoint a request came in by: one OAuth protected resource (RFC 9728) each.
 *
 * @param server the one server behind {@code /mcp/{server}}, or null for the aggregate {@code /mcp}
 * @param resource the resource identifier tokens must name exactly in {@code aud}
 */
public record Route(@Nullable String server, String resource) {

  /** The path of the endpoint: {@code /mcp} or {@code /mcp/{server}}. */
  public String path() {
    return server == null ? "/mcp" : "/mcp/" + server;
  }
}
