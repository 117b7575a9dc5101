package dev.mcpguard.json;

/**
 * A document put together from canonical parts: whoever uses it answers for the commas and the order
 * between them. Not thread-safe, one per document.
 */
public final class CanonicalBytes {
  private final JsonWriter writer = new JsonWriter(true);

  /** Appends the canonical bytes of a value. */
  public CanonicalBytes value(JsonValue value) {
    writer.value(value);
    return this;
  }

  /** Appends a string as JSON, with its quotes. */
  public CanonicalBytes string(String text) {
    writer.string(text);
    return this;
  }

  /** Appends one character of structure, as it is. */
  public CanonicalBytes structure(char c) {
    writer.put(c);
    return this;
  }

  /** What was appended since the last time. */
  public byte[] take() {
    return writer.take();
  }
}
