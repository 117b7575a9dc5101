package dev.mcpguard.registry;

import java.util.Locale;

/** What a server offers besides tools, and the server itself where a request concerns no one thing. */
public enum PrimitiveKind {
  RESOURCE,
  PROMPT,
  /** The server as a whole: its log level, announcements of its lists. */
  SERVER;

  /** The spelling in policy input and records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
