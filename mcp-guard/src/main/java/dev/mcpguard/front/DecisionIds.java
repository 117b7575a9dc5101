package dev.mcpguard.front;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes decision ids: ULIDs (48 bits of milliseconds, 80 random bits, 26 characters of Crockford's
 * base 32). Sortable by time, never guessable, told to clients. Thread-safe if the generator is.
 */
public final class DecisionIds {
  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param clock gives the time part
   * @param random gives the random part; a {@link java.security.SecureRandom} in production
   */
  public DecisionIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id. */
  public String next() {
    char[] text = new char[26];
    spell(clock.millis() & 0xFFFF_FFFF_FFFFL, text, 0, 10);
    byte[] bits = new byte[10];
    random.nextBytes(bits);
    spell(fiveBytes(bits, 0), text, 10, 8);
    spell(fiveBytes(bits, 5), text, 18, 8);
    return new String(text);
  }

  private static long fiveBytes(byte[] bits, int from) {
    long value = 0;
    for (int i = from; i < from + 5; i++) {
      value = value << 8 | (bits[i] & 0xFF);
    }
    return value;
  }

  private static void spell(long value, char[] text, int from, int length) {
    long rest = value;
    for (int i = from + length - 1; i >= from; i--) {
      text[i] = ALPHABET[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
