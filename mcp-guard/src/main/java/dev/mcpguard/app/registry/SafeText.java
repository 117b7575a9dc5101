package dev.mcpguard.app.registry;

/**
 * Text of a tool server made safe to print: whatever could move the cursor, colour, reorder or hide
 * text is shown as an escape. Pure.
 */
public final class SafeText {
  private SafeText() {}

  /** The text on one line, nothing hidden. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
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

  /** As {@link #of}, cut to so many code points. */
  public static String cut(String text, int longest) {
    String safe = of(text);
    return safe.codePointCount(0, safe.length()) <= longest
        ? safe
        : safe.substring(0, safe.offsetByCodePoints(0, longest - 1)) + "\u2026";
  }

  private static boolean visible(int point) {
    if (point == 0x2800 || point == 0x3164 || point == 0x115f || point == 0x1160 || point == 0xffa0) {
      return false; // blanks that are letters or symbols to Unicode
    }
    if ((point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef)) {
      return false; // variation selectors
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
}
