package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Aggregates over collections, and membership. */
final class AggregateBuiltins {
  private static final String NUMBERS = "(any<array[number], set[number]>) => number";
  private static final String ANY = "(any<array[any], set[any]>) => any";

  private AggregateBuiltins() {}

  static void register(Registry registry) {
    registry
        .add(
            "count",
            "(any<string, array[any], object[any: any], set[any]>) => number",
            AggregateBuiltins::count)
        .add("sum", NUMBERS, (c, a) -> fold(c, a, NumberValue.of(0), ArithmeticBuiltins::plus))
        .add(
            "product",
            NUMBERS,
            (c, a) -> fold(c, a, NumberValue.of(1), ArithmeticBuiltins::multiply))
        .add("max", ANY, (c, a) -> extreme(c, a, 1))
        .add("min", ANY, (c, a) -> extreme(c, a, -1))
        .add("sort", "(any<array[any], set[any]>) => array[any]", AggregateBuiltins::sort)
        .add("internal.member_2", "(any, any) => boolean", AggregateBuiltins::member)
        .add("internal.member_3", "(any, any, any) => boolean", (_, a) -> memberWithKey(a));
  }

  private static Value count(BuiltinContext context, Value[] operands) {
    return switch (operands[0]) {
      case ArrayValue array -> NumberValue.of(array.size());
      case ObjectValue object -> NumberValue.of(object.size());
      case SetValue set -> NumberValue.of(set.size());
      case StringValue text -> {
        context.charge(Texts.cost(text.text()));
        yield NumberValue.of(text.text().codePointCount(0, text.text().length()));
      }
      default -> throw Operands.typeError(operands, 0, "array", "object", "set", "string");
    };
  }

  private static ArrayValue elements(BuiltinContext context, Value[] operands) {
    ArrayValue elements = Operands.elements(operands[0]);
    if (elements == null) {
      throw Operands.typeError(operands, 0, "set", "array");
    }
    context.charge(elements.size());
    return elements;
  }

  private static Value fold(
      BuiltinContext context,
      Value[] operands,
      NumberValue start,
      BinaryOperator<NumberValue> operation) {
    NumberValue result = start;
    for (Value element : elements(context, operands)) {
      if (!(element instanceof NumberValue number)) {
        throw Operands.elementError(operands[0], 0, element, "number");
      }
      result = operation.apply(result, number);
    }
    return result;
  }

  private static @Nullable Value extreme(BuiltinContext context, Value[] operands, int sign) {
    Value best = null;
    for (Value element : elements(context, operands)) {
      if (best == null || Integer.signum(element.compareTo(best)) * sign >= 0) {
        best = element;
      }
    }
    return best;
  }

  private static Value sort(BuiltinContext context, Value[] operands) {
    ArrayValue elements = elements(context, operands);
    if (operands[0] instanceof SetValue) {
      return elements;
    }
    context.charge(elements.size() * (64L - Long.numberOfLeadingZeros(elements.size())));
    Value[] sorted = elements.toArray();
    Arrays.sort(sorted);
    return ArrayValue.ofOwned(sorted);
  }

  private static Value member(BuiltinContext context, Value[] operands) {
    Value wanted = operands[0];
    return BooleanValue.of(
        switch (operands[1]) {
          case SetValue set -> set.contains(wanted);
          case ArrayValue array -> contains(context, array, wanted);
          case ObjectValue object -> containsValue(context, object, wanted);
          default -> false;
        });
  }

  private static boolean contains(BuiltinContext context, ArrayValue array, Value wanted) {
    context.charge(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsValue(BuiltinContext context, ObjectValue object, Value wanted) {
    context.charge(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (object.valueAt(i).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static Value memberWithKey(Value[] operands) {
    Value found =
        switch (operands[2]) {
          case ObjectValue object -> object.get(operands[0]);
          case ArrayValue array -> Paths.step(array, operands[0]);
          default -> null;
        };
    return BooleanValue.of(found != null && found.equals(operands[1]));
  }
}
