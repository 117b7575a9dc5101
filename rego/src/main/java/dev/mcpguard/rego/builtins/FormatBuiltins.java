package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Values as text: formatting, printing, templates of the language. */
final class FormatBuiltins {
  private static final String UNDEFINED = "<undefined>";

  private FormatBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("format_int", "(number, number) => string", FormatBuiltins::formatInt)
        .add("sprintf", "(string, array[any]) => string", FormatBuiltins::sprintf)
        .add("internal.template_string", "(array[any]) => string", FormatBuiltins::template)
        .add("internal.print", "(array[set[any]]) => ???", FormatBuiltins::print)
        .add("print", "(any...) => ???", FormatBuiltins::printPlain)
        .add("trace", "(string) => boolean", FormatBuiltins::trace);
  }

  private static Value formatInt(BuiltinContext context, Value[] operands) {
    NumberValue number = Operands.number(operands, 0);
    int base =
        switch (Operands.number(operands, 1).text()) {
          case "2" -> 2;
          case "8" -> 8;
          case "10" -> 10;
          case "16" -> 16;
          default -> throw Operands.enumError(1, "2", "8", "10", "16");
        };
    if (number.isPlainLong()) {
      return StringValue.of(Long.toString(number.longValue(), base));
    }
    BigInteger integer = BigFloat.of(number).truncate();
    context.charge(integer.bitLength());
    return StringValue.of(integer.toString(base));
  }

  private static Value sprintf(BuiltinContext context, Value[] operands) {
    String format = Operands.text(operands, 0);
    ArrayValue arguments = Operands.array(operands, 1);
    return StringValue.of(new GoFormatter(context, format, arguments).format());
  }

  private static Value template(BuiltinContext context, Value[] operands) {
    StringBuilder out = new StringBuilder();
    for (Value part : Operands.array(operands, 0)) {
      String text = part instanceof SetValue set ? single(set) : plain(part);
      context.charge(Texts.cost(text));
      out.append(text);
    }
    return StringValue.of(out.toString());
  }

  private static String single(SetValue set) {
    if (set.size() > 1) {
      throw BuiltinError.of("template-strings must not produce multiple outputs");
    }
    return set.isEmpty() ? UNDEFINED : plain(set.get(0));
  }

  private static String plain(Value value) {
    return value instanceof StringValue text ? text.text() : value.toString();
  }

  /** Every operand is the set of the values it may have; each combination is a line. */
  private static Value print(BuiltinContext context, Value[] operands) {
    List<List<String>> columns = new ArrayList<>();
    for (Value operand : Operands.array(operands, 0)) {
      List<String> column = new ArrayList<>();
      if (operand instanceof SetValue set) {
        set.forEach(value -> column.add(plain(value)));
      } else {
        column.add(plain(operand));
      }
      columns.add(column.isEmpty() ? List.of(UNDEFINED) : column);
    }
    printAll(context, columns, new ArrayList<>());
    return BooleanValue.TRUE;
  }

  private static void printAll(
      BuiltinContext context, List<List<String>> columns, List<String> chosen) {
    if (chosen.size() == columns.size()) {
      context.charge(1 + chosen.size());
      context.print(String.join(" ", chosen));
      return;
    }
    for (String text : columns.get(chosen.size())) {
      chosen.addLast(text);
      printAll(context, columns, chosen);
      chosen.removeLast();
    }
  }

  private static Value printPlain(BuiltinContext context, Value[] operands) {
    List<String> texts = new ArrayList<>();
    for (Value operand : operands) {
      texts.add(plain(operand));
    }
    context.charge(1 + texts.size());
    context.print(String.join(" ", texts));
    return BooleanValue.TRUE;
  }

  private static Value trace(BuiltinContext context, Value[] operands) {
    context.charge(1);
    context.trace(Operands.text(operands, 0));
    return BooleanValue.TRUE;
  }
}
