package dev.mcpguard.rego.value;

/** String literals as JSON and as Rego's printer write them. */
final class Quoting {
  private static final String HEX = "0123456789abcdef";
  private static final String NAMED = "\u0007\b\t\n\u000b\f\r";

  private Quoting() {}

  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    appendQuoted(out, text);
    return out.toString();
  }

  /** A literal as Go's {@code strconv.Quote} writes it. */
  static void appendQuoted(StringBuilder out, String text) {
    out.append('"');
    text.codePoints().forEach(c -> appendLiteral(out, c));
    out.append('"');
  }

  private static void appendLiteral(StringBuilder out, int c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append((char) c);
    } else if (c == ' ' || isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (NAMED.indexOf(c) >= 0) {
      out.append('\\').append("abtnvfr".charAt(NAMED.indexOf(c)));
    } else if (c < ' ' || c == 0x7f) {
      out.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    } else if (c < 0x10000) {
      appendUnicode(out, (char) c);
    } else {
      out.append("\\U").append(String.format("%08x", c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  static void appendControl(StringBuilder out, char c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> appendUnicode(out, c);
    }
  }

  static void appendUnicode(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX.charAt(c >> 12))
        .append(HEX.charAt(c >> 8 & 15))
        .append(HEX.charAt(c >> 4 & 15))
        .append(HEX.charAt(c & 15));
  }
}
