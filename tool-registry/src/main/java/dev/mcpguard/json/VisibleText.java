package dev.mcpguard.json;

/**
 * Text of others made safe to print, whole: whatever could move the cursor, colour, reorder or hide
 * text on a terminal is shown as an escape of the form <code>&#92;u{202e}</code>, on one line. For
 * tables and screens; {@link Excerpt} is for messages. Pure.
 */
public final class VisibleText {
  private VisibleText() {}

  /** The text on one line, nothing hidden. */
  public static String of(String text) {
    int at = 0;
    while (at < text.length() && plain(text.charAt(at))) {
      at++;
    }
    return at == text.length() ? text : escaped(text);
  }

  private static boolean plain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (visible(point)) {
                out.appendCodePoint(point);
              } else {
                out.append("\\u{").append(Integer.toHexString(point)).append('}');
              }
            });
    return out.toString();
  }

  /** As {@link #of}, cut to so many code points, the last of which is then an ellipsis. */
  public static String cut(String text, int longest) {
    String safe = of(text);
    return safe.codePointCount(0, safe.length()) <= longest
        ? safe
        : safe.substring(0, safe.offsetByCodePoints(0, longest - 1)) + "\u2026";
  }

  private static boolean visible(int point) {
    if (blank(point) || selector(point)) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }

  /** Blanks that are letters or symbols to Unicode. */
  private static boolean blank(int point) {
    return switch (point) {
      case 0x2800, 0x3164, 0x115f, 0x1160, 0xffa0 -> true;
      default -> false;
    };
  }

  /** Variation selectors, which carry hidden text. */
  private static boolean selector(int point) {
    return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
  }
}
