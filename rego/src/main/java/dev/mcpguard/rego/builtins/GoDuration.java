package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Durations as Go writes them, such as {@code 1h15m30.918s}. */
final class GoDuration {
  private static final Pattern WHOLE =
      Pattern.compile("[+-]?(?:0|(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)");
  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final int MAX_LENGTH = 200;

  private GoDuration() {}

  static long nanos(String text) {
    if (text.length() > MAX_LENGTH || !WHOLE.matches(text)) {
      throw invalid(text);
    }
    BigInteger total = BigInteger.ZERO;
    Matcher matcher = PART.matcher(text);
    while (matcher.find()) {
      String number = GoNumbers.toJsonNumber(matcher.group(1));
      if (number == null) {
        throw invalid(text);
      }
      BigDecimal part = new BigDecimal(number).multiply(BigDecimal.valueOf(unit(matcher.group(2))));
      total = total.add(part.setScale(0, RoundingMode.DOWN).toBigInteger());
    }
    BigInteger signed = text.startsWith("-") ? total.negate() : total;
    if (signed.bitLength() >= Long.SIZE) {
      throw invalid(text);
    }
    return signed.longValue();
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 1_000;
    };
  }

  private static BuiltinError invalid(String text) {
    String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    return BuiltinError.of("time: invalid duration \"" + shown + "\"");
  }
}
