package dev.mcpguard.rego.value;

import java.io.Reader;
import java.io.StringReader;

/** Conversions between values and JSON text. Stateless. */
public final class Values {
  private Values() {}

  /**
   * Reads one JSON text; the last of equal keys wins, as in OPA.
   *
   * @throws JsonFormatException if the text is no JSON or beyond the limits
   */
  public static Value parseJson(String text) {
    return parseJson(new StringReader(text));
  }

  /**
   * Reads one JSON text to the end of the reader.
   *
   * @throws JsonFormatException if the text is no JSON, beyond the limits or cannot be read
   */
  public static Value parseJson(Reader reader) {
    return JsonReader.read(reader);
  }

  /** JSON text without spaces; sets become sorted arrays, other keys than strings their JSON text. */
  public static String toJson(Value value) {
    return new JsonWriter(false).write(value);
  }

  /** As {@link #toJson}, with the characters escaped that Go's encoder escapes for HTML. */
  public static String toHtmlSafeJson(Value value) {
    return new JsonWriter(true).write(value);
  }
}
