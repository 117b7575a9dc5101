package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** Regular expressions of RE2. */
final class RegexBuiltins {
  private RegexBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("regex.match", "(string, string) => boolean", RegexBuiltins::match)
        .add("regex.is_valid", "(string) => boolean", RegexBuiltins::isValid)
        .add("regex.find_n", "(string, string, number) => array[string]", RegexBuiltins::find)
        .add(
            "regex.find_all_string_submatch_n",
            "(string, string, number) => array[array[string]]",
            RegexBuiltins::findGroups)
        .add("regex.replace", "(string, string, string) => string", RegexBuiltins::replace)
        .add("regex.split", "(string, string) => array[string]", RegexBuiltins::split)
        .add(
            "regex.template_match",
            "(string, string, string, string) => boolean",
            RegexBuiltins::templateMatch)
        .add("regex.globs_match", "(string, string) => boolean", RegexBuiltins::globsMatch);
  }

  private static Value match(BuiltinContext context, Value[] operands) {
    String expression = Operands.text(operands, 0);
    String text = Operands.text(operands, 1);
    return BooleanValue.of(found(context, Patterns.compile(context, expression), text));
  }

  private static boolean found(BuiltinContext context, Pattern pattern, String text) {
    Patterns.charge(context, pattern, text);
    return pattern.matcher(text).find();
  }

  private static Value isValid(BuiltinContext context, Value[] operands) {
    if (!(operands[0] instanceof StringValue expression)) {
      return BooleanValue.FALSE;
    }
    try {
      Patterns.compile(context, expression.text());
      return BooleanValue.TRUE;
    } catch (BuiltinError e) {
      return BooleanValue.FALSE;
    }
  }

  private static RegexMatches matches(BuiltinContext context, Value[] operands, long limit) {
    String expression = Operands.text(operands, 0);
    String text = Operands.text(operands, 1);
    return new RegexMatches(context, Patterns.compile(context, expression), text, limit);
  }

  private static Value find(BuiltinContext context, Value[] operands) {
    long limit = Operands.integer(operands, 2);
    RegexMatches matches = matches(context, operands, limit);
    ArrayValue.Builder found = ArrayValue.builder();
    while (matches.next()) {
      found.add(StringValue.of(matches.matcher().group()));
    }
    return found.build();
  }

  private static Value findGroups(BuiltinContext context, Value[] operands) {
    long limit = Operands.integer(operands, 2);
    RegexMatches matches = matches(context, operands, limit);
    ArrayValue.Builder found = ArrayValue.builder();
    while (matches.next()) {
      Matcher matcher = matches.matcher();
      context.charge(matcher.groupCount());
      ArrayValue.Builder groups = ArrayValue.builder(matcher.groupCount() + 1);
      for (int i = 0; i <= matcher.groupCount(); i++) {
        String group = matcher.group(i);
        groups.add(StringValue.of(group == null ? "" : group));
      }
      found.add(groups.build());
    }
    return found.build();
  }

  private static Value replace(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    Pattern pattern = Patterns.compile(context, Operands.text(operands, 1));
    String template = Operands.text(operands, 2);
    RegexMatches matches = new RegexMatches(context, pattern, text, -1);
    StringBuilder out = new StringBuilder();
    int last = 0;
    while (matches.next()) {
      context.charge(Texts.cost(template));
      out.append(text, last, matches.matcher().start());
      int before = out.length();
      RegexExpansion.expand(template, matches.matcher(), pattern, out);
      context.charge(Texts.cost((long) out.length() - before));
      last = matches.matcher().end();
    }
    return StringValue.of(out.append(text, last, text.length()).toString());
  }

  private static Value split(BuiltinContext context, Value[] operands) {
    String expression = Operands.text(operands, 0);
    String text = Operands.text(operands, 1);
    RegexMatches matches = matches(context, operands, -1);
    if (!expression.isEmpty() && text.isEmpty()) {
      return ArrayValue.of(StringValue.EMPTY);
    }
    ArrayValue.Builder parts = ArrayValue.builder();
    int start = 0;
    int end = 0;
    while (matches.next()) {
      end = matches.matcher().start();
      if (matches.matcher().end() != 0) {
        parts.add(StringValue.of(text.substring(start, end)));
      }
      start = matches.matcher().end();
    }
    if (end != text.length()) {
      parts.add(StringValue.of(text.substring(start)));
    }
    return parts.build();
  }

  private static Value templateMatch(BuiltinContext context, Value[] operands) {
    String template = Operands.text(operands, 0);
    String text = Operands.text(operands, 1);
    char open = delimiter(Operands.text(operands, 2), "start");
    char close = delimiter(Operands.text(operands, 3), "end");
    context.charge(Texts.cost(template));
    String expression = RegexTemplate.expression(context, template, open, close);
    return BooleanValue.of(found(context, Patterns.compile(context, expression), text));
  }

  private static char delimiter(String text, String which) {
    if (text.length() != 1 || text.charAt(0) > 0x7f) {
      throw BuiltinError.of(which + " delimiter has to be exactly one character long but is " + text.length() + " long");
    }
    return text.charAt(0);
  }

  private static Value globsMatch(BuiltinContext context, Value[] operands) {
    String a = Operands.text(operands, 0);
    String b = Operands.text(operands, 1);
    context.charge(Texts.cost((long) a.length() + b.length()));
    return BooleanValue.of(new GlobIntersection(context, a, b).exists());
  }
}
