package dev.mcpguard.json;

/**
 * Hostile text made safe to print in a message: short, one line, no control or format characters.
 */
public final class Excerpt {
  private static final int LONGEST = 40;

  private Excerpt() {}

  /** The text in backticks, at most 40 characters of it, everything unprintable escaped. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder("`");
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && c != '`' && c != '\\';
      if (plain || (c > 0xa0 && Character.isLetterOrDigit(c))) {
        safe.append(c);
      } else {
        safe.append(String.format("\\u%04x", (int) c));
      }
    }
    return safe.append(text.length() > LONGEST ? "...`" : "`").toString();
  }

  /** The whole text with control, format and separator characters escaped; others as they are. */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hidden =
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
          };
      safe.append(hidden ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return safe.toString();
  }
}
