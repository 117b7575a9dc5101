package dev.mcpguard.registry;

import org.jspecify.annotations.Nullable;

/**
 * The name a tool has at the endpoint of all servers: {@code server__tool}. Injective: a server id
 * holds no underscore, so the first {@code __} is the border whatever the tool is called.
 * Immutable.
 */
public record ExposedName(ServerId server, ToolName tool) {
  /** The longest name clients are known to accept. */
  public static final int LONGEST = 128;

  private static final String BORDER = "__";

  public ExposedName {
    if (!fits(server, tool)) {
      throw new IllegalArgumentException("exposed name longer than " + LONGEST);
    }
  }

  /** Whether the exposed name is short enough. */
  public static boolean fits(ServerId server, ToolName tool) {
    return server.text().length() + BORDER.length() + tool.text().length() <= LONGEST;
  }

  /** The server and tool so exposed, or null when no tool can have that name. */
  public static @Nullable ExposedName ofText(String text) {
    int border = text.indexOf(BORDER);
    if (border < 0 || text.length() > LONGEST) {
      return null;
    }
    ServerId server = ServerId.ofText(text.substring(0, border));
    ToolName tool = ToolName.ofText(text.substring(border + BORDER.length()));
    return server == null || tool == null ? null : new ExposedName(server, tool);
  }

  public String text() {
    return server.text() + BORDER + tool.text();
  }

  @Override
  public String toString() {
    return text();
  }
}
