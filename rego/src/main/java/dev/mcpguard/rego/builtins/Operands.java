package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads operands and words the errors about them as OPA does. Positions in texts count from 1. */
final class Operands {
  private Operands() {}

  static String text(Value[] operands, int index) {
    if (operands[index] instanceof StringValue text) {
      return text.text();
    }
    throw typeError(operands, index, "string");
  }

  static NumberValue number(Value[] operands, int index) {
    if (operands[index] instanceof NumberValue number) {
      return number;
    }
    throw typeError(operands, index, "number");
  }

  /** An integer that fits a long and is written without point or exponent. */
  static long integer(Value[] operands, int index) {
    NumberValue number = number(operands, index);
    if (number.isPlainLong()) {
      return number.longValue();
    }
    throw error(index, "must be integer number but got floating-point number");
  }

  /** An integer of any size, seen through 64 bits of precision as OPA sees it. */
  static BigInteger bigInteger(Value[] operands, int index) {
    NumberValue number = number(operands, index);
    BigInteger integer = number.isLong() ? BigInteger.valueOf(number.longValue()) : exact(number);
    if (integer == null) {
      throw error(index, "must be integer number but got floating-point number");
    }
    return integer;
  }

  private static @Nullable BigInteger exact(NumberValue number) {
    BigFloat value = BigFloat.of(number);
    return value.isInteger() ? value.truncate() : null;
  }

  static boolean bool(Value[] operands, int index) {
    if (operands[index] instanceof BooleanValue value) {
      return value.value();
    }
    throw typeError(operands, index, "boolean");
  }

  static ArrayValue array(Value[] operands, int index) {
    if (operands[index] instanceof ArrayValue array) {
      return array;
    }
    throw typeError(operands, index, "array");
  }

  static SetValue set(Value[] operands, int index) {
    if (operands[index] instanceof SetValue set) {
      return set;
    }
    throw typeError(operands, index, "set");
  }

  static ObjectValue object(Value[] operands, int index) {
    if (operands[index] instanceof ObjectValue object) {
      return object;
    }
    throw typeError(operands, index, "object");
  }

  /** The elements of an array or set, or null for anything else. */
  static @Nullable ArrayValue elements(Value value) {
    if (value instanceof ArrayValue array) {
      return array;
    }
    return value instanceof SetValue set ? set.toSortedArray() : null;
  }

  static ArrayValue collection(Value[] operands, int index) {
    ArrayValue elements = elements(operands[index]);
    if (elements == null) {
      throw typeError(operands, index, "array", "set");
    }
    return elements;
  }

  /** The strings of an array or set. */
  static List<String> texts(Value[] operands, int index) {
    List<String> texts = new ArrayList<>();
    for (Value element : collection(operands, index)) {
      if (!(element instanceof StringValue text)) {
        throw elementError(operands[index], index, element, "string");
      }
      texts.add(text.text());
    }
    return texts;
  }

  static BuiltinError typeError(Value[] operands, int index, String... expected) {
    String wanted = expected.length == 1 ? expected[0] : oneOf("one of ", expected);
    return error(index, "must be " + wanted + " but got " + operands[index].typeName());
  }

  static BuiltinError elementError(Value composite, int index, Value element, String... expected) {
    String kind = composite.typeName();
    String wanted = expected.length == 1 ? expected[0] + "s" : oneOf("(any of) ", expected);
    return error(
        index,
        "must be " + kind + " of " + wanted + " but got " + kind + " containing " + element.typeName());
  }

  static BuiltinError enumError(int index, String... expected) {
    return error(index, "must be " + (expected.length == 1 ? expected[0] : oneOf("one of ", expected)));
  }

  static BuiltinError error(int index, String text) {
    return BuiltinError.type("operand " + (index + 1) + " " + text);
  }

  private static String oneOf(String lead, String[] expected) {
    return lead + "{" + String.join(", ", expected) + "}";
  }
}
