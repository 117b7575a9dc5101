package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Go's {@code fmt.Sprintf} for the arguments that Rego can pass: integers, floats and strings. */
final class GoFormatter {
  private static final int MAX_SIZE = 1_000_000;

  private final BuiltinContext context;
  private final String format;
  private final ArrayValue arguments;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private boolean reordered;
  private boolean goodIndex = true;
  private boolean indexSeen;

  GoFormatter(BuiltinContext context, String format, ArrayValue arguments) {
    this.context = context;
    this.format = format;
    this.arguments = arguments;
  }

  String format() {
    context.charge(Texts.cost(format));
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.append(format, at, format.length());
        break;
      }
      out.append(format, at, percent);
      at = percent + 1;
      int start = out.length();
      directive();
      context.charge(Texts.cost((long) out.length() - start));
    }
    if (!reordered && next < arguments.size()) {
      appendExtra();
    }
    return out.toString();
  }

  private void directive() {
    GoVerb verb = new GoVerb();
    while (at < format.length() && verb.flag(format.charAt(at))) {
      at++;
    }
    goodIndex = true;
    index();
    width(verb);
    precision(verb);
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int letter = format.codePointAt(at);
    at += Character.charCount(letter);
    if (letter == '%') {
      out.append('%');
    } else if (!goodIndex) {
      bad(letter, "BADINDEX");
    } else if (next >= arguments.size()) {
      bad(letter, "MISSING");
    } else {
      out.append(verb.format(letter, argument(arguments.get(next++))));
    }
  }

  private void bad(int letter, String reason) {
    out.append("%!").appendCodePoint(letter).append('(').append(reason).append(')');
  }

  private void width(GoVerb verb) {
    if (take('*')) {
      Integer width = starArgument();
      if (width == null) {
        out.append("%!(BADWIDTH)");
      } else {
        verb.width(width);
      }
    } else {
      Integer width = digits();
      if (width != null) {
        verb.width(width);
        goodIndex = goodIndex && !indexSeen;
      }
    }
    indexSeen = false;
  }

  private void precision(GoVerb verb) {
    if (!take('.')) {
      index();
      return;
    }
    goodIndex = goodIndex && !indexSeen;
    index();
    if (take('*')) {
      Integer precision = starArgument();
      if (precision == null || precision < 0) {
        out.append("%!(BADPREC)");
      } else {
        verb.precision(precision);
      }
    } else {
      Integer precision = digits();
      verb.precision(precision == null ? 0 : precision);
    }
    index();
  }

  private @Nullable Integer starArgument() {
    indexSeen = false;
    if (next >= arguments.size()) {
      return null;
    }
    Value value = arguments.get(next++);
    if (!(value instanceof NumberValue number) || !number.isPlainLong()) {
      return null;
    }
    return Math.abs(number.longValue()) > MAX_SIZE ? null : (Integer) (int) number.longValue();
  }

  private @Nullable Integer digits() {
    int start = at;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      return null;
    }
    return at - start > 7 ? MAX_SIZE : Math.min(MAX_SIZE, Integer.parseInt(format.substring(start, at)));
  }

  private boolean take(char wanted) {
    if (at < format.length() && format.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /** An explicit argument index in brackets. */
  private void index() {
    if (at >= format.length() || format.charAt(at) != '[') {
      return;
    }
    reordered = true;
    indexSeen = true;
    int end = format.indexOf(']', at);
    if (end < 0) {
      goodIndex = false;
      at++;
      return;
    }
    String inside = format.substring(at + 1, end);
    at = end + 1;
    boolean number = inside.length() < 7 && inside.chars().allMatch(Character::isDigit) && !inside.isEmpty();
    int wanted = number ? Integer.parseInt(inside) : 0;
    if (wanted < 1 || wanted > arguments.size()) {
      goodIndex = false;
    } else {
      next = wanted - 1;
    }
  }

  private void appendExtra() {
    out.append(
        IntStream.range(next, arguments.size())
            .mapToObj(i -> argument(arguments.get(i)))
            .map(argument -> GoVerb.typeName(argument) + "=" + new GoVerb().format('v', argument))
            .collect(Collectors.joining(", ", "%!(EXTRA ", ")")));
  }

  /** What OPA hands to Go: a long, a big integer, a double, or text. */
  private static Object argument(Value value) {
    return switch (value) {
      case StringValue text -> text.text();
      case NumberValue number when number.isPlainLong() -> number.longValue();
      case NumberValue number when number.isInteger() && isDigits(number.text()) ->
          number.decimal().toBigInteger();
      case NumberValue number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
      default -> value.toString();
    };
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
  }
}
