package dev.mcpguard.json;

import java.nio.charset.StandardCharsets;

/**
 * Canonical JSON, the form that is digested: member order and string spelling of RFC 8785 (JCS), no
 * white space, and, unlike RFC 8785, number text kept as received: rounding to a double would give
 * two different documents one digest. Values that differ never have the same bytes. Throws {@link
 * IllegalArgumentException} for text with a lone surrogate, which no parser of ours lets in.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  public static String text(JsonValue value) {
    return JsonWriter.write(value, true);
  }

  /** Appends the text to {@code out}, for documents put together from parts. */
  public static void write(JsonValue value, StringBuilder out) {
    JsonWriter.write(value, true, out);
  }

  /** The text in UTF-8. */
  public static byte[] bytes(JsonValue value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }
}
