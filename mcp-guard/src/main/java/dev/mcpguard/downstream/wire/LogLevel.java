package dev.mcpguard.downstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of log levels (RFC 5424), least severe first. */
final class LogLevel {
  private static final List<String> RISING =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private LogLevel() {}

  /** Whether a message of {@code level} is wanted by a client that set {@code least}, or none. */
  static boolean reaches(@Nullable String level, @Nullable String least) {
    return least == null || (level != null && RISING.indexOf(level) >= RISING.indexOf(least));
  }
}
