package dev.mcpguard.rego.builtins;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Shortest decimal digits of a binary floating-point number, as Go's {@code big.Float} finds them.
 * The value is {@code 0.digits * 10^point}.
 */
final class FloatText {
  private static final int SHORTEST_PRECISION = 6;

  private String digits;
  private int point;

  private FloatText(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    digits = plain.signum() == 0 ? "" : plain.unscaledValue().toString();
    point = plain.precision() - plain.scale();
  }

  static FloatText shortest(int precision, BigInteger mantissa, int exponent) {
    int shift = precision + 1 - mantissa.bitLength();
    BigInteger units = shift >= 0 ? mantissa.shiftLeft(shift) : mantissa.shiftRight(-shift);
    int unit = exponent - shift;
    FloatText text = new FloatText(decimal(units, unit));
    text.shorten(
        new FloatText(decimal(units.subtract(BigInteger.ONE), unit)).digits,
        new FloatText(decimal(units.add(BigInteger.ONE), unit)).digits,
        !units.testBit(1));
    return text;
  }

  private static BigDecimal decimal(BigInteger mantissa, int exponent) {
    if (exponent >= 0) {
      return new BigDecimal(mantissa.shiftLeft(exponent));
    }
    return new BigDecimal(mantissa.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }

  private void shorten(String lower, String upper, boolean inclusive) {
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      char low = at(lower, i);
      char high = at(upper, i);
      boolean down = low != digit || inclusive && i + 1 == lower.length();
      boolean up =
          digit != high && (inclusive || digit + 1 < high || i + 1 < upper.length());
      if (down && up) {
        round(i + 1, roundsUp(i + 1));
        return;
      }
      if (down || up) {
        round(i + 1, up);
        return;
      }
    }
  }

  private static char at(String digits, int index) {
    return index < digits.length() ? digits.charAt(index) : '0';
  }

  private boolean roundsUp(int length) {
    if (length >= digits.length()) {
      return false;
    }
    if (digits.charAt(length) == '5' && length + 1 == digits.length()) {
      return length > 0 && (digits.charAt(length - 1) - '0') % 2 != 0;
    }
    return digits.charAt(length) >= '5';
  }

  private void round(int length, boolean up) {
    if (length >= digits.length()) {
      return;
    }
    int end = length;
    if (up) {
      while (end > 0 && digits.charAt(end - 1) == '9') {
        end--;
      }
      if (end == 0) {
        digits = "1";
        point++;
        return;
      }
      digits = digits.substring(0, end - 1) + (char) (digits.charAt(end - 1) + 1);
      return;
    }
    while (end > 0 && digits.charAt(end - 1) == '0') {
      end--;
    }
    digits = digits.substring(0, end);
  }

  String print(boolean integer) {
    int precision = SHORTEST_PRECISION;
    int scientific = point - 1;
    if (!integer && (scientific < -4 || scientific >= precision)) {
      return scientific(scientific);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length());
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private String scientific(int scientific) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String size = Integer.toString(Math.abs(scientific));
    return digits.charAt(0)
        + fraction
        + (scientific < 0 ? "e-" : "e+")
        + (size.length() < 2 ? "0" + size : size);
  }
}
