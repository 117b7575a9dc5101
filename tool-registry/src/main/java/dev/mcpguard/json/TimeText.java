package dev.mcpguard.json;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and durations as configuration spells them. */
final class TimeText {
  private static final Pattern SPELLING = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h|d)");

  private TimeText() {}

  /** A whole number and one unit, {@code 15m}, or null. */
  static @Nullable Duration duration(String text) {
    Matcher matcher = SPELLING.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** An ISO 8601 calendar date, or null. */
  static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException notADate) {
      return null;
    }
  }
}
