package dev.mcpguard.rego.builtins;

import java.util.stream.Stream;

/** What string work costs, and how Go cuts strings. */
final class Texts {
  private static final int CHARACTERS_PER_STEP = 32;

  private Texts() {}

  /** Budget steps for one pass over a text. */
  static long cost(String text) {
    return cost(text.length());
  }

  static long cost(long characters) {
    return 1 + characters / CHARACTERS_PER_STEP;
  }

  /** The characters of a text, each as a string. */
  static Stream<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString);
  }

  /** The characters of a text, last first. */
  static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
