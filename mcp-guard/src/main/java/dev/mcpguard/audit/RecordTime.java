package dev.mcpguard.audit;

import dev.mcpguard.json.InstantText;
import java.time.Instant;

/**
 * The spelling of times in records: RFC 3339, UTC, always six digits of a second, so text sorts.
 */
public final class RecordTime {
  private RecordTime() {}

  public static String text(Instant time) {
    return InstantText.micros(time);
  }
}
