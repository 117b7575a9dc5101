package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.StringValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** One directive of Go's {@code fmt}: its flags, and how it writes an argument. */
final class GoVerb {
  private boolean minus;
  private boolean plus;
  private boolean sharp;
  private boolean space;
  private boolean zero;
  private int width = -1;
  private int precision = -1;

  boolean flag(char c) {
    switch (c) {
      case '-' -> minus = true;
      case '+' -> plus = true;
      case '#' -> sharp = true;
      case ' ' -> space = true;
      case '0' -> zero = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  void width(int value) {
    if (value < 0) {
      minus = true;
    }
    width = Math.abs(value);
  }

  void precision(int value) {
    precision = value;
  }

  String format(int verb, Object argument) {
    return switch (argument) {
      case String text -> formatText(verb, text);
      case Double number -> formatDouble(verb, number);
      case Long number -> formatInteger(verb, BigInteger.valueOf(number), argument);
      case BigInteger number -> formatInteger(verb, number, argument);
      default -> throw new IllegalStateException("argument of " + argument.getClass());
    };
  }

  static String typeName(Object argument) {
    return switch (argument) {
      case Long _ -> "int";
      case BigInteger _ -> "*big.Int";
      case Double _ -> "float64";
      default -> "string";
    };
  }

  private String bad(int verb, Object argument) {
    sharp = false;
    String type = argument instanceof BigInteger ? "big.Int" : typeName(argument);
    return "%!" + Character.toString(verb) + "(" + type + "=" + format('v', argument) + ")";
  }

  private String formatText(int verb, String text) {
    return switch (verb) {
      case 'v' -> sharp ? pad(StringValue.of(text).toString()) : pad(truncate(text));
      case 's' -> pad(truncate(text));
      case 'q' -> pad(quote(truncate(text)));
      case 'x' -> pad(hex(text, HexFormat.of()));
      case 'X' -> pad(hex(text, HexFormat.of().withUpperCase()));
      case 'T' -> pad("string");
      default -> bad(verb, text);
    };
  }

  private String quote(String text) {
    if (plus && text.chars().anyMatch(c -> c > 0x7f)) {
      throw BuiltinError.of("sprintf: %+q is not supported beyond ascii");
    }
    if (sharp && text.indexOf('`') < 0 && text.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 127)) {
      return "`" + text + "`";
    }
    return StringValue.of(text).toString();
  }

  private String truncate(String text) {
    if (precision < 0 || text.codePointCount(0, text.length()) <= precision) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private String hex(String text, HexFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = precision >= 0 ? Math.min(precision, bytes.length) : bytes.length;
    String lead = sharp && length > 0 ? "0x" : "";
    if (space) {
      HexFormat spaced = format.withDelimiter(lead.isEmpty() ? " " : " " + lead);
      return lead + spaced.formatHex(bytes, 0, length);
    }
    return lead + format.formatHex(bytes, 0, length);
  }

  private String formatInteger(int verb, BigInteger number, Object argument) {
    return switch (verb) {
      case 'v', 'd' -> integer(number, 10, "");
      case 'b' -> integer(number, 2, sharp ? "0b" : "");
      case 'o' -> integer(number, 8, sharp ? "0" : "");
      case 'O' -> integer(number, 8, "0o");
      case 'x' -> integer(number, 16, sharp ? "0x" : "");
      case 'X' -> integer(number, 16, sharp ? "0X" : "").toUpperCase(Locale.ROOT);
      case 's' -> argument instanceof BigInteger ? integer(number, 10, "") : bad(verb, argument);
      case 'c' -> argument instanceof Long ? pad(character(number)) : bad(verb, argument);
      case 'q' ->
          argument instanceof Long ? pad(quotedCharacter(number)) : bad(verb, argument);
      case 'U' ->
          argument instanceof Long
              ? pad("U+" + String.format(Locale.ROOT, "%04X", number.longValue()))
              : bad(verb, argument);
      case 'T' -> pad(typeName(argument));
      default -> bad(verb, argument);
    };
  }

  private static String character(BigInteger number) {
    boolean valid = number.signum() >= 0 && number.bitLength() <= 21;
    int code = valid ? number.intValue() : 0xFFFD;
    return Character.toString(Character.isValidCodePoint(code) ? code : 0xFFFD);
  }

  private String quotedCharacter(BigInteger number) {
    quote(character(number));
    String quoted = StringValue.of(character(number)).toString();
    String inside = quoted.substring(1, quoted.length() - 1);
    return "'" + (inside.equals("\\\"") ? "\"" : inside.equals("'") ? "\\'" : inside) + "'";
  }

  private String integer(BigInteger number, int base, String prefix) {
    String digits = number.abs().toString(base);
    String sign = sign(number.signum() < 0);
    if (precision == 0 && number.signum() == 0) {
      return " ".repeat(Math.max(width, 0));
    }
    int least = precision;
    if (precision < 0 && zero && !minus && width >= 0) {
      least = width - sign.length() - prefix.length();
    }
    String filled = "0".repeat(Math.max(0, least - digits.length())) + digits;
    return pad(sign + prefix + filled, " ");
  }

  private String sign(boolean negative) {
    return negative ? "-" : plus ? "+" : space ? " " : "";
  }

  private String formatDouble(int verb, double number) {
    if (sharp) {
      throw BuiltinError.of("sprintf: # is not supported for fractions");
    }
    String magnitude =
        switch (verb) {
          case 'v', 'g' -> GoFloat.general(Math.abs(number), precision);
          case 'G' -> GoFloat.general(Math.abs(number), precision).toUpperCase(Locale.ROOT);
          case 'e' -> GoFloat.scientific(Math.abs(number), precision < 0 ? 6 : precision);
          case 'E' ->
              GoFloat.scientific(Math.abs(number), precision < 0 ? 6 : precision)
                  .toUpperCase(Locale.ROOT);
          case 'x' -> GoHexFloat.hexadecimal(Math.abs(number), precision);
          case 'X' ->
              GoHexFloat.hexadecimal(Math.abs(number), precision).toUpperCase(Locale.ROOT);
          case 'b' -> GoHexFloat.binary(Math.abs(number));
          case 'f', 'F' -> GoFloat.fixed(Math.abs(number), precision < 0 ? 6 : precision);
          default -> "";
        };
    if (magnitude.isEmpty()) {
      return verb == 'T' ? pad("float64") : bad(verb, number);
    }
    String sign = sign(number < 0 || Double.doubleToRawLongBits(number) < 0);
    if (zero && !minus && width > sign.length() + magnitude.length()) {
      return sign + "0".repeat(width - sign.length() - magnitude.length()) + magnitude;
    }
    return pad(sign + magnitude);
  }

  private String pad(String text) {
    return pad(text, zero ? "0" : " ");
  }

  private String pad(String text, String filler) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    return minus ? text + " ".repeat(missing) : filler.repeat(missing) + text;
  }
}
