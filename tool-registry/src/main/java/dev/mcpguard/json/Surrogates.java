package dev.mcpguard.json;

/** Finds surrogates without a partner, which no UTF-8 text can hold. */
final class Surrogates {
  private Surrogates() {}

  static boolean pairAt(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  static boolean anyLone(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!pairAt(text, i)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
