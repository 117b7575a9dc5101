package dev.mcpguard.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The spelling of times in records: RFC 3339, UTC, always six digits of a second, so text sorts.
 */
public final class RecordTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private RecordTime() {}

  public static String text(Instant time) {
    return FORMAT.format(time);
  }
}
