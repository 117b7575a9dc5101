package dev.mcpguard.json;

/**
 * JSON as it is forwarded: members in the order received, every digit kept, no white space. Throws
 * {@link IllegalArgumentException} for text with a lone surrogate, which no parser of ours lets in.
 */
public final class JsonText {
  private JsonText() {}

  public static String text(JsonValue value) {
    return JsonWriter.text(value, false);
  }

  /** The text in UTF-8. */
  public static byte[] bytes(JsonValue value) {
    return JsonWriter.bytes(value, false);
  }
}
