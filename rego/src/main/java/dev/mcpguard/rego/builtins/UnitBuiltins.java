package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers with units of resources and of bytes. */
final class UnitBuiltins {
  private static final String TYPE = "(string) => number";
  private static final String SCALE = "kmgtpe";
  private static final BigDecimal MILLI = new BigDecimal(0.001);

  private UnitBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("units.parse", TYPE, UnitBuiltins::parse)
        .add("units.parse_bytes", TYPE, UnitBuiltins::parseBytes);
  }

  private static Value parse(BuiltinContext context, Value[] operands) {
    Amount amount = amount(context, operands, "units.parse", "no amount provided");
    String unit = amount.unit;
    String lower = unit.isEmpty() ? unit : unit.charAt(0) + unit.substring(1).toLowerCase(Locale.ROOT);
    BigDecimal factor = lower.equals("m") ? MILLI : factor(lower.toLowerCase(Locale.ROOT));
    if (factor == null) {
      throw BuiltinError.of("units.parse: unit " + lower + " not recognized");
    }
    BigDecimal product =
        decimal(amount.number, "units.parse: could not parse amount to a number").multiply(factor);
    BigDecimal plain = product.stripTrailingZeros();
    return number(
        plain.scale() <= 0
            ? plain.toBigInteger().toString()
            : product.setScale(10, RoundingMode.HALF_UP).toPlainString());
  }

  private static Value parseBytes(BuiltinContext context, Value[] operands) {
    Amount amount = amount(context, operands, "units.parse_bytes", "no byte amount provided");
    String unit = amount.unit.toLowerCase(Locale.ROOT);
    boolean named = unit.length() > 1 && unit.endsWith("b");
    BigDecimal factor = factor(named ? unit.substring(0, unit.length() - 1) : unit);
    if (factor == null) {
      throw BuiltinError.of("units.parse_bytes: byte unit " + unit + " not recognized");
    }
    BigDecimal value =
        decimal(amount.number, "units.parse_bytes: could not parse byte amount to a number");
    BigInteger total = BigFloat.of(value).multiply(BigFloat.of(factor)).truncate();
    return number(total.toString());
  }

  private static Value number(String text) {
    try {
      return NumberValue.parse(text);
    } catch (NumberFormatException e) {
      throw BuiltinError.of("number out of range");
    }
  }

  private static BigDecimal decimal(String number, String error) {
    String json = GoNumbers.toJsonNumber(number);
    if (json == null) {
      throw BuiltinError.of(error);
    }
    try {
      return NumberValue.parse(json).decimal();
    } catch (NumberFormatException e) {
      throw BuiltinError.of(error);
    }
  }

  /** Powers of 1000 by letter, of 1024 with an {@code i} after it; null if there is no such unit. */
  private static @Nullable BigDecimal factor(String unit) {
    if (unit.isEmpty()) {
      return BigDecimal.ONE;
    }
    int power = SCALE.indexOf(unit.charAt(0)) + 1;
    boolean binary = unit.endsWith("i");
    if (power == 0 || unit.length() > (binary ? 2 : 1)) {
      return null;
    }
    return BigDecimal.valueOf(binary ? 1024 : 1000).pow(power);
  }

  private record Amount(String number, String unit) {}

  private static Amount amount(
      BuiltinContext context, Value[] operands, String name, String missing) {
    String text = Operands.text(operands, 0).replace("\"", "");
    context.charge(Texts.cost(text));
    if (text.indexOf(' ') >= 0) {
      throw BuiltinError.of(name + ": spaces not allowed in resource strings");
    }
    int end = numberEnd(text);
    if (end == 0) {
      throw BuiltinError.of(name + ": " + missing);
    }
    return new Amount(text.substring(0, end), text.substring(end));
  }

  private static int numberEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        if (i + 1 == text.length() || !isExponentStart(text.charAt(i + 1))) {
          return i;
        }
        i += Character.isDigit(text.charAt(i + 1)) ? 0 : 1;
      } else if (!Character.isDigit(c) && c != '.' && c != '+' && c != '-') {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isExponentStart(char c) {
    return Character.isDigit(c) || c == '+' || c == '-';
  }
}
