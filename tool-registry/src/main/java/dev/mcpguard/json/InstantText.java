package dev.mcpguard.json;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Instants as RFC 3339 text in UTC, and back. The same text as the JDK's, but the calendar is worked
 * out once a second and not once a call. Stateless but for that second; thread-safe.
 */
public final class InstantText {
  private static volatile Second last = Second.of(0);

  /** A whole second and its text up to the point where a fraction would follow. */
  private record Second(long epoch, String text) {
    static Second of(long epoch) {
      String text = Instant.ofEpochSecond(epoch).toString();
      return new Second(epoch, text.substring(0, text.length() - 1));
    }
  }

  private InstantText() {}

  /** The text of {@link Instant#toString}: none, three, six or nine digits of a second. */
  public static String of(Instant time) {
    int nanos = time.getNano();
    if (nanos == 0) {
      return second(time).text() + "Z";
    }
    int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    return fraction(time, digits);
  }

  /** Always six digits of a second, so that text sorts as time does. */
  public static String micros(Instant time) {
    return fraction(time, 6);
  }

  /**
   * The instant of {@link Instant#parse}.
   *
   * @throws DateTimeException if it is none
   */
  public static Instant parse(String text) {
    Second known = last;
    int point = known.text().length();
    int end = text.length() - 1;
    boolean near =
        end > point + 1
            && end <= point + 10
            && text.startsWith(known.text())
            && text.charAt(point) == '.'
            && text.charAt(end) == 'Z';
    int nanos = near ? nanos(text, point + 1, end) : -1;
    return nanos < 0 ? Instant.parse(text) : Instant.ofEpochSecond(known.epoch(), nanos);
  }

  private static int nanos(String text, int from, int end) {
    int nanos = 0;
    for (int i = from; i < from + 9; i++) {
      int digit = i < end ? text.charAt(i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      nanos = nanos * 10 + digit;
    }
    return nanos;
  }

  private static String fraction(Instant time, int digits) {
    String text = second(time).text();
    StringBuilder out = new StringBuilder(text.length() + digits + 2).append(text).append('.');
    int rest = time.getNano();
    int unit = 100_000_000;
    for (int i = 0; i < digits; i++) {
      out.append((char) ('0' + rest / unit));
      rest %= unit;
      unit /= 10;
    }
    return out.append('Z').toString();
  }

  private static Second second(Instant time) {
    Second known = last;
    if (known.epoch() != time.getEpochSecond()) {
      known = Second.of(time.getEpochSecond());
      last = known;
    }
    return known;
  }
}
