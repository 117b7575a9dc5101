package dev.mcpguard.rego.value;

import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

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
    return JsonReader.read(reader, false);
  }

  /**
   * Reads one JSON text that every reader reads the same: UTF-8, no name twice in an object, no half
   * surrogate pairs. Numbers keep their text.
   *
   * @throws JsonFormatException if the bytes are anything else or beyond the limits
   */
  public static Value parseStrictJson(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return JsonReader.read(new StringReader(text), true);
    } catch (CharacterCodingException notText) {
      throw new JsonFormatException("the text is not UTF-8", notText);
    }
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
