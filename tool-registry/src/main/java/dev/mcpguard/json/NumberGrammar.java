package dev.mcpguard.json;

/** The number grammar of RFC 8259 section 6, and the size of an exponent without computing it. */
final class NumberGrammar {
  private NumberGrammar() {}

  static boolean matches(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int afterInteger = digits(text, at);
    if (afterInteger == at || (text.charAt(at) == '0' && afterInteger > at + 1)) {
      return false;
    }
    at = afterInteger;
    if (at < text.length() && text.charAt(at) == '.') {
      int afterFraction = digits(text, at + 1);
      if (afterFraction == at + 1) {
        return false;
      }
      at = afterFraction;
    }
    return at == text.length() || exponentMatches(text, at);
  }

  private static boolean exponentMatches(String text, int at) {
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return false;
    }
    int start = at + 1;
    if (start < text.length() && (text.charAt(start) == '+' || text.charAt(start) == '-')) {
      start++;
    }
    int end = digits(text, start);
    return end > start && end == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** Whether the exponent of a well-formed number is at most {@code limit} in either direction. */
  static boolean exponentWithin(String text, int limit) {
    int at = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (at < 0) {
      return true;
    }
    long exponent = 0;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '+' && c != '-') {
        exponent = exponent * 10 + (c - '0');
        if (exponent > limit) {
          return false;
        }
      }
    }
    return true;
  }
}
