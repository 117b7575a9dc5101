package dev.mcpguard.rego.builtins;

import java.util.stream.Stream;

/** What string work costs, and how Go cuts strings. */
final class Texts {
  /** Few enough that the texts of one evaluation together stay within some 40 million characters. */
  private static final int CHARACTERS_PER_STEP = 4;

  /** The longest text that is worked on; it fits a heap of 160 MiB a few times over. */
  private static final long LONGEST = 4L << 20;

  private Texts() {}

  /** Budget steps for one pass over a text; more than there are for a text that is too long. */
  static long cost(String text) {
    return cost(text.length());
  }

  static long cost(long characters) {
    return characters > LONGEST ? Integer.MAX_VALUE * 1024L : 1 + characters / CHARACTERS_PER_STEP;
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
