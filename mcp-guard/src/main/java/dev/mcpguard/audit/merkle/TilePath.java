package dev.mcpguard.audit.merkle;

/** Paths of C2SP tlog-tiles. */
public final class TilePath {
  /** Hashes of a full tile, entries of a full bundle. */
  public static final int WIDTH = 256;

  /** Tree levels that one tile level spans. */
  public static final int HEIGHT = 8;

  private TilePath() {}

  /** {@code tile/<L>/<N>[.p/<W>]}; a full tile has width 256. */
  public static String tile(int level, long index, int width) {
    return "tile/" + level + "/" + number(index) + partial(width);
  }

  /** {@code tile/entries/<N>[.p/<W>]}. */
  public static String entries(long index, int width) {
    return "tile/entries/" + number(index) + partial(width);
  }

  private static String partial(int width) {
    return width == WIDTH ? "" : ".p/" + width;
  }

  /** Groups of three digits, all but the last with {@code x}: 1234067 is {@code x001/x234/067}. */
  static String number(long index) {
    StringBuilder text = new StringBuilder(group(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      text.insert(0, "x" + group(rest % 1000) + "/");
    }
    return text.toString();
  }

  private static String group(long value) {
    String digits = Long.toString(value);
    return "0".repeat(3 - digits.length()) + digits;
  }
}
