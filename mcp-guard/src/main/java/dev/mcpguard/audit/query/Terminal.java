package dev.mcpguard.audit.query;

/**
 * Makes text from a record safe to print: whatever could move the cursor, colour, reorder or hide
 * text on a terminal is shown as an escape (F5).
 */
final class Terminal {
  private Terminal() {}

  static String safe(String text) {
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

  /** As {@link #safe}, cut to {@code width} code points with an ellipsis. */
  static String cell(String text, int width) {
    String safe = safe(text);
    if (safe.codePointCount(0, safe.length()) <= width) {
      return safe;
    }
    return safe.substring(0, safe.offsetByCodePoints(0, width - 1)) + "\u2026";
  }

  private static boolean visible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
