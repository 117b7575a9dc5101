package dev.mcpguard.rego.builtins;

/** Finds a text in others in linear time, whatever both are. */
final class TextSearch {
  private static final int SHORT = 24;

  private final String wanted;
  private final int[] fallback;

  TextSearch(String wanted) {
    this.wanted = wanted;
    this.fallback = wanted.length() <= SHORT ? new int[0] : fallbackOf(wanted);
  }

  private static int[] fallbackOf(String wanted) {
    int[] fallback = new int[wanted.length()];
    int matched = 0;
    for (int i = 1; i < fallback.length; i++) {
      while (matched > 0 && wanted.charAt(i) != wanted.charAt(matched)) {
        matched = fallback[matched - 1];
      }
      if (wanted.charAt(i) == wanted.charAt(matched)) {
        matched++;
      }
      fallback[i] = matched;
    }
    return fallback;
  }

  /** The first place at or after {@code from}, or -1. */
  int find(String text, int from) {
    if (fallback.length == 0) {
      return text.indexOf(wanted, from);
    }
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      while (matched > 0 && text.charAt(i) != wanted.charAt(matched)) {
        matched = fallback[matched - 1];
      }
      if (text.charAt(i) == wanted.charAt(matched)) {
        matched++;
      }
      if (matched == wanted.length()) {
        return i - matched + 1;
      }
    }
    return -1;
  }

  int length() {
    return wanted.length();
  }
}
