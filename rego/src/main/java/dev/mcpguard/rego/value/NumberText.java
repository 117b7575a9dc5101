package dev.mcpguard.rego.value;

/** The grammar of JSON numbers. */
final class NumberText {
  private static final int SHOWN = 40;

  private NumberText() {}

  static boolean isShortInteger(String text, int digits) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    if (length == start || length - start > digits) {
      return false;
    }
    if (text.charAt(start) == '0' && length - start > 1) {
      return false;
    }
    return digitsEnd(text, start) == length;
  }

  static void check(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int end = digitsEnd(text, at);
    boolean valid = end > at && (text.charAt(at) != '0' || end == at + 1);
    if (valid && end < text.length() && text.charAt(end) == '.') {
      at = end + 1;
      end = digitsEnd(text, at);
      valid = end > at;
    }
    if (valid && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      at = exponentStart(text, end + 1);
      end = digitsEnd(text, at);
      valid = end > at && end - at <= 9;
    }
    if (!valid || end != text.length()) {
      throw new NumberFormatException("`" + shorten(text) + "` is no number in range");
    }
  }

  private static int exponentStart(String text, int at) {
    boolean signed = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
    return signed ? at + 1 : at;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
