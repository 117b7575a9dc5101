package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** Writes YAML in block style, as OPA's library does. */
final class YamlWriter {
  private final BuiltinContext context;
  private final StringBuilder out = new StringBuilder();

  private YamlWriter(BuiltinContext context) {
    this.context = context;
  }

  static String write(BuiltinContext context, Value json) {
    YamlWriter writer = new YamlWriter(context);
    writer.block(json, 0);
    return writer.out.toString();
  }

  /** A value at the start of a line or after a dash; ends its line. */
  private void block(Value value, int indent) {
    context.charge(1 + indent);
    if (value instanceof ArrayValue array && !array.isEmpty()) {
      for (int i = 0; i < array.size(); i++) {
        out.append(i > 0 ? " ".repeat(indent) : "").append("- ");
        block(array.get(i), indent + 2);
      }
    } else if (value instanceof ObjectValue object && !object.isEmpty()) {
      for (int i = 0; i < object.size(); i++) {
        out.append(i > 0 ? " ".repeat(indent) : "");
        out.append(scalar(object.keyAt(i), indent)).append(':');
        entry(object.valueAt(i), indent);
      }
    } else {
      out.append(scalar(value, indent)).append('\n');
    }
  }

  private void entry(Value value, int indent) {
    if (value instanceof ArrayValue array && !array.isEmpty()) {
      out.append('\n').append(" ".repeat(indent));
      block(value, indent);
    } else if (value instanceof ObjectValue object && !object.isEmpty()) {
      out.append('\n').append(" ".repeat(indent + 2));
      block(value, indent + 2);
    } else {
      out.append(' ').append(scalar(value, indent + 2)).append('\n');
    }
  }

  private String scalar(Value value, int indent) {
    return switch (value) {
      case StringValue text -> text(text.text(), indent);
      case NumberValue number -> YamlScalars.number(number);
      case ArrayValue _ -> "[]";
      case ObjectValue _ -> "{}";
      default -> value.toString();
    };
  }

  private String text(String text, int indent) {
    context.charge(Texts.cost(text));
    if (YamlScalars.isAmbiguous(text) || hasSpecial(text)) {
      return quoted(text);
    }
    if (text.indexOf('\n') >= 0) {
      return literal(text, Math.max(indent, 2));
    }
    return isPlain(text) ? text : "'" + text.replace("'", "''") + "'";
  }

  private static boolean hasSpecial(String text) {
    return text.codePoints()
        .anyMatch(c -> c < ' ' && c != '\n' || c == 0x7f || c == 0xFEFF || c > 0xFFFF);
  }

  private static String literal(String text, int indent) {
    String chomp = !text.endsWith("\n") ? "-" : text.endsWith("\n\n") ? "+" : "";
    String hint = text.startsWith(" ") || text.startsWith("\n") ? "2" : "";
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    String margin = "\n" + " ".repeat(indent);
    return "|" + hint + chomp + margin + body.replace("\n", margin).replaceAll("(?m)^ +$", "");
  }

  private static boolean isPlain(String text) {
    char first = text.charAt(0);
    boolean indicator = "#,[]{}&*!|>'\"%@`".indexOf(first) >= 0;
    boolean dash = "-?".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ');
    return !indicator
        && !dash
        && !text.startsWith("---")
        && !text.startsWith("...")
        && first != ' '
        && text.chars().noneMatch(c -> c == 0x2028 || c == 0x2029 || c == 0x85)
        && !text.endsWith(" ")
        && !text.endsWith(":")
        && !text.contains(": ")
        && !text.contains(" #");
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case 0 -> out.append("\\0");
                default -> {
                  if (c > 0xFFFF) {
                    out.append(String.format("\\U%08X", c));
                  } else if (c < ' ' || c == 0x7f) {
                    out.append(String.format("\\x%02X", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append('"').toString();
  }
}
