package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** Globs with delimiters. */
final class GlobBuiltins {
  private static final String SPECIAL = "*?\\[]{}";
  private static final BoundedCache<Key, Pattern> CACHE = new BoundedCache<>();
  private static final int MAX_CACHED = 2_000;
  private static final Pattern SINGLE = Pattern.compile("\\?|\\[!(?:[^\\]\\\\]|\\\\.)+\\]");

  private GlobBuiltins() {}

  private record Key(String pattern, String delimiters) {}

  static void register(Registry registry) {
    registry
        .add("glob.match", "(string, any<null, array[string]>, string) => boolean", GlobBuiltins::match)
        .add("glob.quote_meta", "(string) => string", GlobBuiltins::quoteMeta);
  }

  private static Value match(BuiltinContext context, Value[] operands) {
    String glob = Operands.text(operands, 0);
    String delimiters = delimiters(operands);
    String text = Operands.text(operands, 2);
    Key key = new Key(glob, delimiters);
    context.charge(Texts.cost(glob));
    if (text.isEmpty() && SINGLE.matches(glob)) {
      // OPA's library lets a pattern of one such element match nothing.
      return BooleanValue.TRUE;
    }
    Pattern pattern =
        glob.length() <= MAX_CACHED
            ? CACHE.get(key, made -> compile(context, made))
            : compile(context, key);
    Patterns.charge(context, pattern, text);
    return BooleanValue.of(pattern.matcher(text).matches());
  }

  private static Pattern compile(BuiltinContext context, Key key) {
    return Patterns.compile(context, GlobExpression.translate(key.pattern, key.delimiters));
  }

  private static String delimiters(Value[] operands) {
    if (operands[1] instanceof NullValue) {
      return "";
    }
    if (!(operands[1] instanceof ArrayValue array)) {
      throw Operands.typeError(operands, 1, "array", "null");
    }
    StringBuilder delimiters = new StringBuilder();
    for (Value element : array) {
      if (!(element instanceof StringValue text)) {
        throw Operands.elementError(array, 1, element, "string");
      }
      if (text.text().codePointCount(0, text.text().length()) != 1) {
        throw Operands.elementError(array, 1, element, "rune");
      }
      delimiters.append(text.text());
    }
    return array.isEmpty() ? "." : delimiters.toString();
  }

  private static Value quoteMeta(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
        quoted.append('\\');
      }
      quoted.append(text.charAt(i));
    }
    return StringValue.of(quoted.toString());
  }
}
