package dev.mcpguard.policy;

import dev.mcpguard.json.InstantText;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the seed of one evaluation, both from the input alone, so that asking again gives the
 * same answer.
 */
public record Moment(Instant now, long seed) {

  /** By {@code context.time} of the input; the epoch where there is none. */
  public static Moment of(@Nullable JsonValue input) {
    JsonObject context = input instanceof JsonObject object ? object.object("context") : null;
    String time = context == null ? null : context.string("time");
    try {
      return of(time == null ? Instant.EPOCH : InstantText.parse(time));
    } catch (DateTimeException odd) {
      return of(Instant.EPOCH);
    }
  }

  /** This instant, and the seed that belongs to it. */
  public static Moment of(Instant now) {
    return new Moment(now, now.getEpochSecond() * 1_000_000_000L + now.getNano());
  }
}
