package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A binary floating-point number of a given precision, rounded to nearest even.
 *
 * <p>OPA computes with 64 bits of mantissa, which is neither double nor decimal arithmetic; results
 * agree only if ours does the same. The value is {@code mantissa * 2^exponent}.
 */
final class BigFloat {
  static final int PRECISION = 64;
  private static final BigFloat HALF = new BigFloat(53, BigInteger.ONE, -1);
  private static final BigFloat ONE = new BigFloat(53, BigInteger.ONE, 0);

  private final int precision;
  private final BigInteger mantissa;
  private final int exponent;

  private BigFloat(int precision, BigInteger mantissa, int exponent) {
    this.precision = precision;
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  static BigFloat of(NumberValue number) {
    if (number.isLong()) {
      return new BigFloat(PRECISION, BigInteger.valueOf(number.longValue()), 0);
    }
    return of(number.decimal());
  }

  static BigFloat of(BigDecimal decimal) {
    if (decimal.scale() <= 0) {
      return rounded(PRECISION, decimal.toBigInteger(), 0, false);
    }
    return divide(PRECISION, decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()), 0);
  }

  /** An integer with all its bits. */
  static BigFloat exact(BigInteger integer) {
    return new BigFloat(Math.max(PRECISION, integer.bitLength()), integer, 0);
  }

  private static BigFloat divide(int precision, BigInteger above, BigInteger below, int exponent) {
    int shift = Math.max(0, precision + 2 - above.bitLength() + below.bitLength());
    BigInteger[] parts = above.shiftLeft(shift).divideAndRemainder(below);
    return rounded(precision, parts[0], exponent - shift, parts[1].signum() != 0);
  }

  /** Rounds; {@code inexact} tells that the true value lies a little further from zero. */
  private static BigFloat rounded(int precision, BigInteger mantissa, int exponent, boolean inexact) {
    BigInteger magnitude = mantissa.abs();
    int excess = magnitude.bitLength() - precision;
    if (excess <= 0) {
      return new BigFloat(precision, mantissa, exponent);
    }
    BigInteger kept = magnitude.shiftRight(excess);
    boolean half = magnitude.testBit(excess - 1);
    boolean more = inexact || magnitude.getLowestSetBit() < excess - 1;
    if (half && (more || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    BigInteger signed = mantissa.signum() < 0 ? kept.negate() : kept;
    return new BigFloat(precision, signed, exponent + excess);
  }

  BigFloat add(BigFloat other) {
    int lowest = Math.min(exponent, other.exponent);
    BigInteger sum =
        mantissa
            .shiftLeft(exponent - lowest)
            .add(other.mantissa.shiftLeft(other.exponent - lowest));
    return rounded(Math.max(precision, other.precision), sum, lowest, false);
  }

  BigFloat negate() {
    return new BigFloat(precision, mantissa.negate(), exponent);
  }

  BigFloat abs() {
    return mantissa.signum() < 0 ? negate() : this;
  }

  BigFloat subtract(BigFloat other) {
    return add(other.negate());
  }

  BigFloat multiply(BigFloat other) {
    return rounded(
        Math.max(precision, other.precision),
        mantissa.multiply(other.mantissa),
        exponent + other.exponent,
        false);
  }

  /** The quotient, or null if the other is zero. */
  @Nullable BigFloat divide(BigFloat other) {
    if (other.mantissa.signum() == 0) {
      return null;
    }
    BigInteger above = other.mantissa.signum() < 0 ? mantissa.negate() : mantissa;
    int difference = exponent - other.exponent;
    return divide(Math.max(precision, other.precision), above, other.mantissa.abs(), difference);
  }

  /** Half away from zero. */
  BigFloat round() {
    return exact((mantissa.signum() < 0 ? subtract(HALF) : add(HALF)).truncate());
  }

  BigFloat ceil() {
    BigFloat whole = exact(truncate());
    // OPA looks at the sign of the integer part, so numbers between -1 and 0 come out as 1.
    return whole.mantissa.signum() < 0 || isInteger() ? whole : whole.add(ONE);
  }

  BigFloat floor() {
    BigFloat whole = exact(truncate());
    // As OPA does: the integer part of numbers between -1 and 0 has no sign, so they come out as 0.
    return whole.mantissa.signum() >= 0 || isInteger() ? whole : whole.subtract(ONE);
  }

  boolean isInteger() {
    return exponent >= 0 || mantissa.signum() == 0 || mantissa.getLowestSetBit() >= -exponent;
  }

  /** The integer part. */
  BigInteger truncate() {
    if (exponent >= 0) {
      return mantissa.shiftLeft(exponent);
    }
    BigInteger magnitude = mantissa.abs().shiftRight(-exponent);
    return mantissa.signum() < 0 ? magnitude.negate() : magnitude;
  }

  /**
   * The shortest decimal that reads back as this number: plain digits for integers, and otherwise
   * with an exponent where C's {@code %g} would have one.
   *
   * @throws BuiltinError if the number is beyond what values hold
   */
  NumberValue toNumber() {
    if (mantissa.signum() == 0) {
      return NumberValue.of(0);
    }
    if (exponent == 0 && mantissa.bitLength() < Long.SIZE) {
      return NumberValue.of(mantissa.longValue());
    }
    if (isInteger() && (long) exponent + mantissa.bitLength() < Long.SIZE) {
      return NumberValue.of(truncate().longValue());
    }
    if ((long) exponent + mantissa.bitLength() > 70_000) {
      throw BuiltinError.of("number out of range");
    }
    String text = FloatText.shortest(precision, mantissa.abs(), exponent).print(isInteger());
    try {
      return NumberValue.parse(mantissa.signum() < 0 ? "-" + text : text);
    } catch (NumberFormatException e) {
      throw BuiltinError.of("number out of range");
    }
  }
}
