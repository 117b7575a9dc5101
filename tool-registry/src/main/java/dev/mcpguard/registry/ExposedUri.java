package dev.mcpguard.registry;

import org.jspecify.annotations.Nullable;

/**
 * The URI a resource has at the endpoint of all servers: {@code mcpguard:server:uri}. Injective: a
 * server id holds no colon. The server's own URI follows unchanged, so a template stays a template
 * ({@code docs/decisions/0040}). Immutable.
 */
public record ExposedUri(ServerId server, String uri) {
  private static final String SCHEME = "mcpguard:";

  /** The server and URI so exposed, or null when no resource can have that URI. */
  public static @Nullable ExposedUri ofText(String text) {
    int border = text.startsWith(SCHEME) ? text.indexOf(':', SCHEME.length()) : -1;
    if (border < 0 || border + 1 == text.length()) {
      return null;
    }
    ServerId server = ServerId.ofText(text.substring(SCHEME.length(), border));
    return server == null ? null : new ExposedUri(server, text.substring(border + 1));
  }

  /** What clients of the aggregate endpoint see. */
  public String text() {
    return SCHEME + server.text() + ":" + uri;
  }

  @Override
  public String toString() {
    return text();
  }
}
