package dev.mcpguard.audit;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A record as it was logged.
 *
 * @param instance the writer it comes from
 * @param sequence its place in that writer's log
 * @param leaf its canonical bytes, which the proofs cover
 */
public record LogEntry(String instance, long sequence, byte[] leaf) {
  private static final JsonLimits LIMITS =
      JsonLimits.message().withDepth(512).withNumberLength(65_535).withExponent(Integer.MAX_VALUE);

  /** Its members; throws {@link UncheckedIOException} when the leaf is no JSON object: damage. */
  public JsonObject json() {
    try {
      return StrictJson.parseObject(leaf, LIMITS);
    } catch (MalformedJsonException damaged) {
      throw new UncheckedIOException(
          new IOException("record " + sequence + " of `" + instance + "` is not JSON", damaged));
    }
  }
}
