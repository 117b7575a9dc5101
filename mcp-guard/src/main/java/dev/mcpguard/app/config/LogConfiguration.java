package dev.mcpguard.app.config;

/**
 * The section {@code log}: the operational log on standard error.
 *
 * @param format how an event is written
 * @param level the least that is written
 */
public record LogConfiguration(Format format, Level level) {

  /** One line per event, either way. */
  public enum Format {
    TEXT,
    JSON
  }

  /** From much to little. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** Text, from {@code info} on. */
  public static LogConfiguration standard() {
    return new LogConfiguration(Format.TEXT, Level.INFO);
  }
}
