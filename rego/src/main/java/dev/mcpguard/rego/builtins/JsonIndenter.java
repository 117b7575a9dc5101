package dev.mcpguard.rego.builtins;

/** Spreads compact JSON text over lines, as Go's {@code MarshalIndent} does. */
final class JsonIndenter {
  private final BuiltinContext context;
  private final String prefix;
  private final String indent;
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private JsonIndenter(BuiltinContext context, String prefix, String indent) {
    this.context = context;
    this.prefix = prefix;
    this.indent = indent;
  }

  static String indent(BuiltinContext context, String json, String prefix, String indent) {
    JsonIndenter indenter = new JsonIndenter(context, prefix, indent);
    indenter.out.append(prefix);
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        indenter.out.append(c);
        if (c == '\\') {
          indenter.out.append(json.charAt(++i));
        } else if (c == '"') {
          quoted = false;
        }
      } else {
        quoted = c == '"';
        indenter.add(c, i > 0 ? json.charAt(i - 1) : 0, i + 1 < json.length() ? json.charAt(i + 1) : 0);
      }
    }
    return indenter.out.toString();
  }

  private void add(char c, char before, char after) {
    switch (c) {
      case '{', '[' -> {
        out.append(c);
        depth++;
        if (after != '}' && after != ']') {
          line();
        }
      }
      case '}', ']' -> {
        depth--;
        if (before != '{' && before != '[') {
          line();
        }
        out.append(c);
      }
      case ',' -> {
        out.append(c);
        line();
      }
      case ':' -> out.append(": ");
      default -> out.append(c);
    }
  }

  private void line() {
    context.charge(Texts.cost(prefix.length() + (long) depth * indent.length()));
    out.append('\n').append(prefix).append(indent.repeat(depth));
  }
}
