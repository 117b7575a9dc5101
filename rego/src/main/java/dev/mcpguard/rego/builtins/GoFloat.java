package dev.mcpguard.rego.builtins;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles that are not negative as Go's {@code strconv} writes them. */
final class GoFloat {
  private GoFloat() {}

  /** No double has more decimals; the digits of a longer number would take quadratic time to write. */
  private static final int MOST_DECIMALS = 1_100;

  static String fixed(double number, int precision) {
    int kept = Math.min(precision, MOST_DECIMALS);
    String text = new BigDecimal(number).setScale(kept, RoundingMode.HALF_EVEN).toPlainString();
    return precision == kept ? text : text + "0".repeat(precision - kept);
  }

  static String scientific(double number, int precision) {
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    return exponential(digits(rounded, precision + 1), exponent(rounded));
  }

  /** Shortest digits if the precision is negative. */
  static String general(double number, int precision) {
    boolean shortest = precision < 0;
    int wanted = precision == 0 ? 1 : precision;
    BigDecimal rounded =
        shortest
            ? new BigDecimal(Double.toString(number))
            : new BigDecimal(number).round(new MathContext(wanted, RoundingMode.HALF_EVEN));
    BigDecimal plain = number == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    int exponent = exponent(plain);
    int digits = plain.precision();
    int limit = shortest ? 6 : wanted;
    if (!shortest && limit > digits && digits > exponent) {
      limit = digits;
    }
    if (number != 0 && (exponent < -4 || exponent >= limit)) {
      return exponential(digits(plain, digits), exponent);
    }
    return plain.toPlainString();
  }

  private static int exponent(BigDecimal number) {
    return number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
  }

  private static String digits(BigDecimal number, int count) {
    String digits = number.unscaledValue().toString();
    return digits.length() >= count ? digits.substring(0, count) : digits + "0".repeat(count - digits.length());
  }

  private static String exponential(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String size = Integer.toString(Math.abs(exponent));
    return digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (size.length() < 2 ? "0" + size : size);
  }
}
