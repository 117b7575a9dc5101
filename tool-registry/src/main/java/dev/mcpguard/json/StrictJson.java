package dev.mcpguard.json;

import java.util.Objects;

/**
 * The strict JSON parser (RFC 8259, narrowed). Refuses whatever two parsers could read differently:
 * bytes that are not UTF-8, a byte order mark, duplicate names at any depth (compared decoded),
 * lone surrogates, NUL in names, anything after the value, and documents beyond their {@link
 * JsonLimits}. Numbers keep their text. Stateless and thread-safe; time and memory are linear in
 * the bytes.
 */
public final class StrictJson {
  private StrictJson() {}

  public static JsonValue parse(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
    return parse(utf8, 0, utf8.length, limits);
  }

  public static JsonValue parse(byte[] bytes, int offset, int length, JsonLimits limits)
      throws MalformedJsonException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > limits.bytes()) {
      throw new MalformedJsonException("longer than " + limits.bytes() + " bytes", 1, 1);
    }
    return new JsonTreeBuilder(StrictUtf8.decode(bytes, offset, length), limits).document();
  }

  /** As {@link #parse(byte[], JsonLimits)}, and refuses a value that is no object. */
  public static JsonObject parseObject(byte[] utf8, JsonLimits limits)
      throws MalformedJsonException {
    return parseObject(utf8, 0, utf8.length, limits);
  }

  public static JsonObject parseObject(byte[] bytes, int offset, int length, JsonLimits limits)
      throws MalformedJsonException {
    if (parse(bytes, offset, length, limits) instanceof JsonObject object) {
      return object;
    }
    throw new MalformedJsonException("not an object", 1, 1);
  }
}
