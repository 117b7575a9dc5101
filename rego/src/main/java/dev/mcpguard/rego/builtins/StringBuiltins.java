package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Strings: tests, search, cutting and joining. Positions count code points. */
final class StringBuiltins {
  private static final String TEST = "(string, string) => boolean";
  private static final String MANY = "any<string, array[string], set[string]>";

  private StringBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("contains", TEST, (c, a) -> test(c, a, (x, y) -> new TextSearch(y).find(x, 0) >= 0))
        .add("startswith", TEST, (c, a) -> test(c, a, String::startsWith))
        .add("endswith", TEST, (c, a) -> test(c, a, String::endsWith))
        .add("lower", "(string) => string", (c, a) -> map(c, a, Character::toLowerCase))
        .add("upper", "(string) => string", (c, a) -> map(c, a, Character::toUpperCase))
        .add("strings.reverse", "(string) => string", (c, a) -> change(c, a, Texts::reverse))
        .add("strings.count", "(string, string) => number", StringBuiltins::occurrences)
        .add("indexof", "(string, string) => number", StringBuiltins::indexOf)
        .add("indexof_n", "(string, string) => array[number]", StringBuiltins::indexesOf)
        .add("substring", "(string, number, number) => string", StringBuiltins::substring)
        .add("concat", "(string, any<array[string], set[string]>) => string", StringBuiltins::concat)
        .add("split", "(string, string) => array[string]", StringBuiltins::split)
        .add(
            "strings.any_prefix_match",
            "(" + MANY + ", " + MANY + ") => boolean",
            (c, a) -> anyMatch(c, a, UnaryOperator.identity()))
        .add(
            "strings.any_suffix_match",
            "(" + MANY + ", " + MANY + ") => boolean",
            (c, a) -> anyMatch(c, a, Texts::reverse));
  }

  private static Value test(
      BuiltinContext context, Value[] operands, BiPredicate<String, String> test) {
    String text = Operands.text(operands, 0);
    String part = Operands.text(operands, 1);
    context.charge(Texts.cost((long) text.length() + part.length()));
    return BooleanValue.of(test.test(text, part));
  }

  private static Value map(
      BuiltinContext context, Value[] operands, java.util.function.IntUnaryOperator change) {
    return change(
        context,
        operands,
        text ->
            text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
  }

  private static Value change(
      BuiltinContext context, Value[] operands, UnaryOperator<String> change) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    return StringValue.of(change.apply(text));
  }

  private static Value occurrences(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    String part = Operands.text(operands, 1);
    context.charge(Texts.cost(text));
    if (part.isEmpty()) {
      return NumberValue.of(text.codePointCount(0, text.length()) + 1L);
    }
    TextSearch search = new TextSearch(part);
    long count = 0;
    for (int at = search.find(text, 0); at >= 0; at = search.find(text, at + part.length())) {
      count++;
    }
    return NumberValue.of(count);
  }

  private static TextSearch search(Value[] operands) {
    String part = Operands.text(operands, 1);
    if (part.isEmpty()) {
      throw BuiltinError.of("empty search character");
    }
    return new TextSearch(part);
  }

  private static Value indexOf(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    int at = search(operands).find(text, 0);
    return NumberValue.of(at < 0 ? -1 : text.codePointCount(0, at));
  }

  private static Value indexesOf(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    TextSearch search = search(operands);
    context.charge(Texts.cost(text));
    ArrayValue.Builder found = ArrayValue.builder();
    int characters = 0;
    int counted = 0;
    for (int at = search.find(text, 0); at >= 0; at = search.find(text, at + 1)) {
      // A long text sought may overlap itself, and each find then starts over.
      context.charge(Texts.cost(search.length()));
      characters += text.codePointCount(counted, at);
      counted = at;
      found.add(NumberValue.of(characters));
    }
    return found.build();
  }

  private static Value substring(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    long start = Operands.integer(operands, 1);
    long length = Operands.integer(operands, 2);
    if (start < 0) {
      throw BuiltinError.of("negative offset");
    }
    context.charge(Texts.cost(text));
    int size = text.codePointCount(0, text.length());
    if (start >= size) {
      return StringValue.EMPTY;
    }
    long end = length < 0 || length > size - start ? size : start + length;
    int from = text.offsetByCodePoints(0, (int) start);
    int to = text.offsetByCodePoints(from, (int) (end - start));
    return StringValue.of(text.substring(from, to));
  }

  private static Value concat(BuiltinContext context, Value[] operands) {
    String delimiter = Operands.text(operands, 0);
    ArrayValue elements = Operands.elements(operands[1]);
    if (elements == null) {
      throw Operands.typeError(operands, 1, "set", "array");
    }
    long length = 0;
    for (Value element : elements) {
      if (!(element instanceof StringValue text)) {
        throw Operands.elementError(operands[1], 1, element, "string");
      }
      length += (long) text.text().length() + delimiter.length();
    }
    context.charge(elements.size() + Texts.cost(length));
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < elements.size(); i++) {
      StringValue text = (StringValue) elements.get(i);
      joined.append(i > 0 ? delimiter : "").append(text.text());
    }
    return StringValue.of(joined.toString());
  }

  private static Value split(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    String delimiter = Operands.text(operands, 1);
    ArrayValue.Builder parts = ArrayValue.builder();
    if (delimiter.isEmpty()) {
      context.charge(text.length());
      Texts.characters(text).forEach(part -> parts.add(StringValue.of(part)));
      return parts.build();
    }
    context.charge(Texts.cost(text));
    TextSearch search = new TextSearch(delimiter);
    int start = 0;
    for (int at = search.find(text, 0); at >= 0; at = search.find(text, start)) {
      context.charge(1);
      parts.add(StringValue.of(text.substring(start, at)));
      start = at + delimiter.length();
    }
    return parts.add(StringValue.of(text.substring(start))).build();
  }

  private static Value anyMatch(
      BuiltinContext context, Value[] operands, UnaryOperator<String> direction) {
    TreeSet<String> texts = new TreeSet<>();
    for (String text : oneOrMany(operands, 0)) {
      context.charge(Texts.cost(text));
      texts.add(direction.apply(text));
    }
    for (String part : oneOrMany(operands, 1)) {
      context.charge(Texts.cost(part));
      String wanted = direction.apply(part);
      // INVARIANT: in order, the texts that start with a prefix begin at its ceiling.
      String candidate = texts.ceiling(wanted);
      if (candidate != null && candidate.startsWith(wanted)) {
        return BooleanValue.TRUE;
      }
    }
    return BooleanValue.FALSE;
  }

  private static List<String> oneOrMany(Value[] operands, int index) {
    if (operands[index] instanceof StringValue text) {
      return List.of(text.text());
    }
    if (Operands.elements(operands[index]) == null) {
      throw Operands.typeError(operands, index, "string", "set", "array");
    }
    return Operands.texts(operands, index);
  }
}
