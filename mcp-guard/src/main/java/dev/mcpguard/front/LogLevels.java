package dev.mcpguard.front;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log levels of MCP (RFC 5424). */
final class LogLevels {
  private static final Set<String> NAMES =
      Set.of(
          "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private LogLevels() {}

  static boolean known(@Nullable String level) {
    return level != null && NAMES.contains(level);
  }
}
