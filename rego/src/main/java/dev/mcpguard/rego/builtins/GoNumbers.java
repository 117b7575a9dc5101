package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Number literals that Go reads and JSON does not. */
final class GoNumbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX][0-9a-fA-F]{1,64}[pP][+]?0{1,9}");

  private GoNumbers() {}

  /** The same number as JSON writes it, or null if Go reads no decimal number. */
  static @Nullable String toJsonNumber(String text) {
    if (HEXADECIMAL.matcher(text).matches()) {
      return hexadecimal(text);
    }
    if (!DECIMAL.matcher(text).matches()) {
      return null;
    }
    boolean negative = text.startsWith("-");
    String bare = negative || text.startsWith("+") ? text.substring(1) : text;
    int mark = Math.max(bare.indexOf('e'), bare.indexOf('E'));
    String mantissa = mark < 0 ? bare : bare.substring(0, mark);
    String exponent = mark < 0 ? "" : bare.substring(mark);
    return (negative ? "-" : "") + mantissa(mantissa) + exponent;
  }

  /** A double in the shortest form that Go's {@code %g} gives. */
  static String shortest(double number) {
    if (!Double.isFinite(number)) {
      throw new NumberFormatException("number beyond double");
    }
    String magnitude = GoFloat.general(Math.abs(number), -1);
    return number < 0 ? "-" + magnitude : magnitude;
  }

  private static String mantissa(String text) {
    int start = 0;
    while (start + 1 < text.length()
        && text.charAt(start) == '0'
        && Character.isDigit(text.charAt(start + 1))) {
      start++;
    }
    String trimmed = text.substring(start);
    if (trimmed.startsWith(".")) {
      trimmed = "0" + trimmed;
    }
    return trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
  }

  private static String hexadecimal(String text) {
    int start = text.indexOf('x') + text.indexOf('X') + 2;
    int end = Math.max(text.indexOf('p'), text.indexOf('P'));
    String digits = new BigInteger(text.substring(start, end), 16).toString();
    return text.startsWith("-") ? "-" + digits : digits;
  }
}
