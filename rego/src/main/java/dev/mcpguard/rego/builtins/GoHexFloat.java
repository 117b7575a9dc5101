package dev.mcpguard.rego.builtins;

/** Doubles that are not negative by their bits, as Go's {@code strconv} writes them. */
final class GoHexFloat {
  private static final int MANTISSA_BITS = 52;
  private static final int LEAD = 60;
  private static final long FRACTION = (1L << LEAD) - 1;

  private GoHexFloat() {}

  /** {@code 4503599627370496p-52}. */
  static String binary(double number) {
    int exponent = exponent(number) - MANTISSA_BITS;
    return mantissa(number) + "p" + (exponent < 0 ? "" : "+") + exponent;
  }

  /** {@code 0x1.8p+01}; all digits that are needed if the precision is negative. */
  static String hexadecimal(double number, int precision) {
    long mantissa = mantissa(number) << (LEAD - MANTISSA_BITS);
    int exponent = mantissa == 0 ? 0 : exponent(number);
    while (mantissa != 0 && (mantissa & (1L << LEAD)) == 0) {
      mantissa <<= 1;
      exponent--;
    }
    if (precision >= 0 && precision < 15) {
      mantissa = rounded(mantissa, precision * 4);
      if ((mantissa & (1L << (LEAD + 1))) != 0) {
        mantissa >>>= 1;
        exponent++;
      }
    }
    String digits = String.format("%015x", mantissa & FRACTION);
    String fraction =
        precision < 0
            ? digits.replaceFirst("0+$", "")
            : (digits + "0".repeat(Math.max(0, precision - digits.length())))
                .substring(0, precision);
    String point = fraction.isEmpty() ? "" : ".";
    String power = String.format("%02d", Math.abs(exponent));
    return "0x" + (mantissa >>> LEAD & 1) + point + fraction + (exponent < 0 ? "p-" : "p+") + power;
  }

  private static long rounded(long mantissa, int kept) {
    long extra = (mantissa << kept) & FRACTION;
    long shifted = mantissa >>> (LEAD - kept);
    if ((extra | (shifted & 1)) > 1L << (LEAD - 1)) {
      shifted++;
    }
    return shifted << (LEAD - kept);
  }

  private static long mantissa(double number) {
    long bits = Double.doubleToRawLongBits(number);
    long fraction = bits & ((1L << MANTISSA_BITS) - 1);
    boolean normal = (bits >>> MANTISSA_BITS & 0x7ff) != 0;
    return normal ? fraction | 1L << MANTISSA_BITS : fraction;
  }

  private static int exponent(double number) {
    return Math.max(Math.getExponent(number), Double.MIN_EXPONENT);
  }
}
