package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** Replacing and trimming within strings. */
final class ReplaceBuiltins {
  private static final String TRIM = "(string, string) => string";

  private ReplaceBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("replace", "(string, string, string) => string", ReplaceBuiltins::replace)
        .add(
            "strings.replace_n",
            "(object[string: string], string) => string",
            ReplaceBuiltins::replaceAll)
        .add("trim", TRIM, (c, a) -> trim(c, a, true, true))
        .add("trim_left", TRIM, (c, a) -> trim(c, a, true, false))
        .add("trim_right", TRIM, (c, a) -> trim(c, a, false, true))
        .add("trim_prefix", TRIM, (c, a) -> cut(c, a, true))
        .add("trim_suffix", TRIM, (c, a) -> cut(c, a, false))
        .add("trim_space", "(string) => string", ReplaceBuiltins::trimSpace);
  }

  private static Value replace(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    Entry<String, String> pair =
        Map.entry(Operands.text(operands, 1), Operands.text(operands, 2));
    context.charge(Texts.cost(text));
    if (pair.getKey().isEmpty()) {
      return StringValue.of(replacePairs(context, text, List.of(pair)));
    }
    TextSearch search = new TextSearch(pair.getKey());
    StringBuilder out = new StringBuilder();
    int start = 0;
    for (int at = search.find(text, 0); at >= 0; at = search.find(text, start)) {
      context.charge(Texts.cost(pair.getValue()));
      out.append(text, start, at).append(pair.getValue());
      start = at + pair.getKey().length();
    }
    return StringValue.of(out.append(text, start, text.length()).toString());
  }

  private static Value replaceAll(BuiltinContext context, Value[] operands) {
    ObjectValue patterns = Operands.object(operands, 0);
    String text = Operands.text(operands, 1);
    List<Entry<String, String>> pairs = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (!(patterns.keyAt(i) instanceof StringValue from)) {
        throw Operands.error(0, "non-string key found in pattern object");
      }
      if (!(patterns.valueAt(i) instanceof StringValue to)) {
        throw Operands.error(0, "non-string value found in pattern object");
      }
      pairs.add(Map.entry(from.text(), to.text()));
    }
    return StringValue.of(replacePairs(context, text, pairs));
  }

  /** Left to right without overlap; at each place the first pair that matches wins. */
  private static String replacePairs(
      BuiltinContext context, String text, List<Entry<String, String>> pairs) {
    Map<Character, List<Entry<String, String>>> byStart = new HashMap<>();
    Entry<String, String> empty = null;
    for (Entry<String, String> pair : pairs) {
      if (pair.getKey().isEmpty()) {
        empty = pair;
      } else {
        byStart.computeIfAbsent(pair.getKey().charAt(0), _ -> new ArrayList<>()).add(pair);
      }
    }
    if (empty != null && text.chars().anyMatch(c -> c > 0x7f)) {
      // OPA would cut characters into bytes that are no text any more.
      throw BuiltinError.of("the empty string cannot be replaced in text beyond ascii");
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i <= text.length(); ) {
      if (empty != null) {
        context.charge(Texts.cost(empty.getValue()));
        out.append(empty.getValue());
      }
      Entry<String, String> pair =
          i < text.length() ? match(context, text, i, byStart.get(text.charAt(i))) : null;
      if (pair != null) {
        out.append(pair.getValue());
        i += pair.getKey().length();
      } else {
        out.append(text, i, Math.min(i + 1, text.length()));
        i++;
      }
    }
    return out.toString();
  }

  private static @Nullable Entry<String, String> match(
      BuiltinContext context,
      String text,
      int at,
      @Nullable List<Entry<String, String>> candidates) {
    if (candidates == null) {
      return null;
    }
    for (Entry<String, String> pair : candidates) {
      context.charge(Texts.cost((long) pair.getKey().length() + pair.getValue().length()));
      if (text.startsWith(pair.getKey(), at)) {
        return pair;
      }
    }
    return null;
  }

  private static Value trim(
      BuiltinContext context, Value[] operands, boolean left, boolean right) {
    String text = Operands.text(operands, 0);
    String cutset = Operands.text(operands, 1);
    context.charge(Texts.cost((long) text.length() + cutset.length()));
    java.util.Set<Integer> cut = new java.util.HashSet<>();
    cutset.codePoints().forEach(cut::add);
    return trimWhere(text, cut::contains, left, right);
  }

  private static Value trimWhere(
      String text, java.util.function.IntPredicate cut, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && cut.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && start < end && cut.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return StringValue.of(text.substring(start, end));
  }

  private static Value trimSpace(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    return trimWhere(text, ReplaceBuiltins::isSpace, true, true);
  }

  private static boolean isSpace(int c) {
    return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
  }

  private static Value cut(BuiltinContext context, Value[] operands, boolean prefix) {
    String text = Operands.text(operands, 0);
    String part = Operands.text(operands, 1);
    context.charge(Texts.cost(text));
    if (prefix) {
      return text.startsWith(part) ? StringValue.of(text.substring(part.length())) : operands[0];
    }
    return text.endsWith(part)
        ? StringValue.of(text.substring(0, text.length() - part.length()))
        : operands[0];
  }
}
