package dev.mcpguard.json;

/**
 * The bounds of one parse, all inclusive. Immutable and thread-safe.
 *
 * @param bytes the longest document, in bytes
 * @param depth the deepest nesting of arrays and objects; at most 512, because values are written
 *     and compared recursively
 * @param members the most members and elements in the whole document
 * @param numberLength the longest number, in characters
 * @param exponent the largest exponent of a number, in either direction
 */
public record JsonLimits(int bytes, int depth, int members, int numberLength, int exponent) {
  private static final JsonLimits MESSAGE = new JsonLimits(4 << 20, 64, 100_000, 256, 999);

  public JsonLimits {
    if (bytes < 1 || depth < 1 || depth > 512 || members < 0 || numberLength < 1 || exponent < 0) {
      throw new IllegalArgumentException("limits out of range");
    }
  }

  /** The defaults for a message: 4 MiB, depth 64, 100,000 members. */
  public static JsonLimits message() {
    return MESSAGE;
  }

  public JsonLimits withBytes(int value) {
    return new JsonLimits(value, depth, members, numberLength, exponent);
  }

  public JsonLimits withDepth(int value) {
    return new JsonLimits(bytes, value, members, numberLength, exponent);
  }

  public JsonLimits withMembers(int value) {
    return new JsonLimits(bytes, depth, value, numberLength, exponent);
  }

  public JsonLimits withNumberLength(int value) {
    return new JsonLimits(bytes, depth, members, value, exponent);
  }

  public JsonLimits withExponent(int value) {
    return new JsonLimits(bytes, depth, members, numberLength, value);
  }
}
