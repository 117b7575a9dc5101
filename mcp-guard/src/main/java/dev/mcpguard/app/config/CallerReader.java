package dev.mcpguard.app.config;

import dev.mcpguard.json.Fields;
import dev.mcpguard.model.CallerLimits;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code caller-limits}. */
final class CallerReader {
  private static final int MOST = 10_000_000;
  private static final long MOST_BYTES = 1L << 40;

  private CallerReader() {}

  static CallerLimits read(@Nullable Fields fields) {
    CallerLimits defaults = CallerLimits.DEFAULTS;
    if (fields == null) {
      return defaults;
    }
    int perSecond = number(fields, "requests-per-second", defaults.requestsPerSecond());
    Long bytes = fields.optionalInteger("running-bytes", 1, MOST_BYTES);
    return new CallerLimits(
        number(fields, "running", defaults.running()),
        bytes == null ? defaults.runningBytes() : bytes,
        perSecond,
        number(fields, "request-burst", 2 * perSecond),
        number(fields, "streams", defaults.streams()),
        number(fields, "sessions", defaults.sessions()));
  }

  private static int number(Fields fields, String name, int fallback) {
    Long value = fields.optionalInteger(name, 1, MOST);
    return value == null ? fallback : value.intValue();
  }
}
