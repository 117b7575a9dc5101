package dev.mcpguard.registry.poison;

/**
 * One string of a tool definition.
 *
 * @param place its JSON pointer
 * @param value the text as received
 * @param name whether it is a name (of the tool, of a member) and not prose
 */
record ScannedText(String place, String value, boolean name) {
  private static final int EXCERPT = 60;

  /** At most 60 characters from {@code start}, everything but printable ASCII escaped. */
  static String excerpt(String text, int start) {
    StringBuilder out = new StringBuilder();
    int at = Math.max(0, start);
    while (at < text.length() && out.length() < EXCERPT) {
      int code = text.codePointAt(at);
      if (code >= 0x20 && code < 0x7f && code != '`') {
        out.append((char) code);
      } else {
        out.append(String.format("\\u{%x}", code));
      }
      at += Character.charCount(code);
    }
    return out.toString();
  }
}
