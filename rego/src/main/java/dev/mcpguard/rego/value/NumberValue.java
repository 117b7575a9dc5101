package dev.mcpguard.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal number that keeps the text it was written with.
 *
 * <p>Small integers live in a {@code long}; a {@link BigDecimal} is made on demand. Digits and
 * exponent are bounded ({@link #MAX_DIGITS}, {@link #MAX_EXPONENT}), so that no operation on a number
 * read from outside costs more than a bounded amount of time and memory.
 */
public final class NumberValue implements Value {
  public static final int MAX_DIGITS = 20_000;
  public static final int MAX_EXPONENT = 20_000;
  private static final int MAX_TEXT = MAX_DIGITS + 32;
  private static final int LONG_DIGITS = 18;
  private static final NumberValue[] SMALL = small();

  private final @Nullable String text;
  private final boolean small;
  private final long number;
  // Made on demand; a race only makes an equal one twice, and BigDecimal is safe to publish so.
  private @Nullable BigDecimal decimal;

  private NumberValue(@Nullable String text, boolean small, long number, @Nullable BigDecimal decimal) {
    this.text = text;
    this.small = small;
    this.number = number;
    this.decimal = decimal;
  }

  public static NumberValue of(long number) {
    if (number >= -128 && number < 1024) {
      return SMALL[(int) number + 128];
    }
    return new NumberValue(null, true, number, null);
  }

  public static NumberValue of(BigInteger number) {
    return number.bitLength() < Long.SIZE ? of(number.longValue()) : parse(number.toString());
  }

  /**
   * Reads a number as JSON writes it.
   *
   * @throws NumberFormatException if the text is no JSON number or beyond the bounds
   */
  public static NumberValue parse(String text) {
    if (NumberText.isShortInteger(text, LONG_DIGITS)) {
      long number = Long.parseLong(text);
      return text.charAt(0) == '-' && number == 0 ? new NumberValue(text, true, 0, null) : of(number);
    }
    if (text.length() > MAX_TEXT) {
      throw new NumberFormatException("number of " + text.length() + " characters is too long");
    }
    NumberText.check(text);
    BigDecimal decimal = new BigDecimal(text);
    long magnitude = (long) decimal.precision() - decimal.scale();
    if (Math.abs(magnitude) > MAX_EXPONENT && decimal.signum() != 0) {
      throw new NumberFormatException("number `" + NumberText.shorten(text) + "` is out of range");
    }
    return normalized(text, decimal.signum() == 0 ? BigDecimal.ZERO : decimal);
  }

  private static NumberValue normalized(String text, BigDecimal decimal) {
    BigDecimal plain = decimal.stripTrailingZeros();
    boolean fits = plain.scale() <= 0 && (long) plain.precision() - plain.scale() <= LONG_DIGITS + 1;
    if (fits) {
      BigInteger integer = plain.toBigInteger();
      if (integer.bitLength() < Long.SIZE) {
        return new NumberValue(text, true, integer.longValue(), null);
      }
    }
    return new NumberValue(text, false, 0, plain);
  }

  private static NumberValue[] small() {
    NumberValue[] made = new NumberValue[128 + 1024];
    for (int i = 0; i < made.length; i++) {
      made[i] = new NumberValue(Integer.toString(i - 128), true, i - 128L, null);
    }
    return made;
  }

  /** The text as written, or the plain digits of a computed integer. */
  public String text() {
    return text != null ? text : Long.toString(number);
  }

  /** Whether the value is an integer within {@code long}, however it is written. */
  public boolean isLong() {
    return small;
  }

  /** The value if {@link #isLong()}. */
  public long longValue() {
    if (!small) {
      throw new ArithmeticException("number `" + NumberText.shorten(text()) + "` is no long");
    }
    return number;
  }

  /** Whether the value is an integer within {@code long} and written without point or exponent. */
  public boolean isPlainLong() {
    return small && (text == null || NumberText.isShortInteger(text, LONG_DIGITS + 1));
  }

  /** Whether the value has no fraction, however it is written. */
  public boolean isInteger() {
    return small || decimal().scale() <= 0;
  }

  /** The exact value, without trailing zeros unless it is a {@code long}. */
  public BigDecimal decimal() {
    BigDecimal known = decimal;
    if (known == null) {
      known = BigDecimal.valueOf(number);
      decimal = known;
    }
    return known;
  }

  /** The nearest double. */
  public double doubleValue() {
    return small ? (double) number : decimal().doubleValue();
  }

  int compareNumber(NumberValue other) {
    if (small && other.small) {
      return Long.compare(number, other.number);
    }
    return decimal().compareTo(other.decimal());
  }

  @Override
  public String typeName() {
    return "number";
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public int hashCode() {
    return small ? Long.hashCode(number) : decimal().hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    // INVARIANT: integers within long are always small, others are stripped, so scales agree.
    return other instanceof NumberValue that
        && small == that.small
        && (small ? number == that.number : decimal().equals(that.decimal()));
  }

  @Override
  public String toString() {
    return text();
  }
}
