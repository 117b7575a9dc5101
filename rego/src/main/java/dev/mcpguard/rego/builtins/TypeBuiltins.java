package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.Locale;

/** Questions about kinds, and conversion to numbers. */
final class TypeBuiltins {
  private static final String[] KINDS = {
    "null", "boolean", "number", "string", "array", "object", "set"
  };

  private TypeBuiltins() {}

  static void register(Registry registry) {
    for (int i = 0; i < KINDS.length; i++) {
      int rank = i;
      registry.add(
          "is_" + KINDS[i], "(any) => boolean", (_, a) -> BooleanValue.of(a[0].rank() == rank));
    }
    registry
        .add("type_name", "(any) => string", (_, a) -> StringValue.of(a[0].typeName()))
        .add(
            "to_number", "(any<null, boolean, number, string>) => number", (_, a) -> toNumber(a));
  }

  private static Value toNumber(Value[] operands) {
    return switch (operands[0]) {
      case NullValue _ -> NumberValue.of(0);
      case BooleanValue value -> NumberValue.of(value.value() ? 1 : 0);
      case NumberValue number -> number;
      case StringValue text -> parse(operands, text.text());
      default -> throw Operands.typeError(operands, 0, "null", "boolean", "number", "string");
    };
  }

  private static Value parse(Value[] operands, String text) {
    String bare = text.replaceFirst("^[+-]+", "").toLowerCase(Locale.ROOT);
    if (bare.equals("inf") || bare.equals("infinity") || bare.equals("nan")) {
      throw Operands.typeError(operands, 0, "valid number string");
    }
    String json = GoNumbers.toJsonNumber(text);
    if (json == null) {
      throw BuiltinError.of("strconv.ParseFloat: parsing " + StringValue.of(text) + ": invalid syntax");
    }
    try {
      NumberValue number = NumberValue.parse(json);
      if (Double.isInfinite(number.doubleValue())) {
        throw new NumberFormatException("beyond double");
      }
      return number;
    } catch (NumberFormatException e) {
      throw BuiltinError.of("strconv.ParseFloat: parsing " + StringValue.of(text) + ": value out of range");
    }
  }
}
