package dev.mcpguard.front;

import dev.mcpguard.model.Route;
import org.jspecify.annotations.Nullable;

/**
 * The name of a tool or prompt as a route exposes it, taken apart. On {@code /mcp/{server}} names are
 * the server's own; on {@code /mcp} they are {@code server__name}, split at the first {@code __}.
 */
record ToolNames(String server, String name) {
  private static final int LONGEST = 128;

  /** The parts of an exposed name, or null if the route exposes nothing of that form. */
  static @Nullable ToolNames of(Route route, String exposed) {
    String server = route.server();
    if (server != null) {
      return new ToolNames(server, exposed);
    }
    int split = exposed.indexOf("__");
    return split < 1 || split + 2 == exposed.length()
        ? null
        : new ToolNames(exposed.substring(0, split), exposed.substring(split + 2));
  }

  /** Whether the text is a tool name at all: 1 to 128 of {@code A-Za-z0-9_.-}. */
  static boolean wellFormed(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
