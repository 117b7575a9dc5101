package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;

/** Translates a glob to a regular expression, so that matching is linear. */
final class GlobExpression {
  private final int[] glob;
  private final String separator;
  private final StringBuilder out = new StringBuilder("(?s)");
  private int at;
  private int level;

  private GlobExpression(String glob, String delimiters) {
    this.glob = glob.codePoints().toArray();
    StringBuilder without = new StringBuilder();
    delimiters.codePoints().forEach(c -> appendInClass(without, c));
    separator = delimiters.isEmpty() ? "." : "[^" + without + "]";
  }

  static String translate(String glob, String delimiters) {
    GlobExpression translation = new GlobExpression(glob, delimiters);
    translation.translate();
    return translation.out.toString();
  }

  private void translate() {
    while (at < glob.length) {
      int c = glob[at++];
      switch (c) {
        case '*' -> star();
        case '?' -> out.append(separator);
        case '[' -> range();
        case '{' -> {
          level++;
          out.append("(?:");
        }
        case '\\' -> {
          if (at < glob.length) {
            literal(glob[at++]);
          }
        }
        default -> plain(c);
      }
    }
    if (level > 0) {
      throw BuiltinError.of("unexpected end of input");
    }
  }

  private void plain(int c) {
    if (level > 0 && c == ',') {
      out.append('|');
    } else if (level > 0 && c == '}') {
      level--;
      out.append(')');
    } else {
      literal(c);
    }
  }

  private void star() {
    if (at < glob.length && glob[at] == '*') {
      at++;
      out.append(".*");
    } else {
      out.append(separator).append('*');
    }
  }

  private void literal(int c) {
    out.append(Pattern.quote(Character.toString(c)));
  }

  /** Either one range or a list of characters, each perhaps negated, as the library reads them. */
  private void range() {
    boolean not = at < glob.length && glob[at] == '!';
    if (not) {
      at++;
    }
    StringBuilder inside = new StringBuilder();
    if (at + 1 < glob.length && glob[at + 1] == '-') {
      if (at + 2 >= glob.length) {
        throw BuiltinError.of("unexpected end of input");
      }
      if (glob[at] > glob[at + 2]) {
        throw BuiltinError.of("hi character `" + Character.toString(glob[at + 2]) + "` should be greater than lo");
      }
      appendInClass(inside, glob[at]);
      inside.append('-');
      appendInClass(inside, glob[at + 2]);
      at += 3;
    } else {
      list(inside);
    }
    if (at >= glob.length || glob[at] != ']') {
      throw BuiltinError.of(at < glob.length ? "expected close range character" : "unexpected end of input");
    }
    at++;
    out.append(not ? "[^" : "[").append(inside).append(']');
  }

  private void list(StringBuilder inside) {
    while (at < glob.length && glob[at] != ']') {
      if (glob[at] == '\\') {
        at++;
      }
      if (at < glob.length) {
        appendInClass(inside, glob[at++]);
      }
    }
    if (inside.isEmpty()) {
      throw BuiltinError.of("could not parse range");
    }
  }

  private static void appendInClass(StringBuilder out, int c) {
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      out.append('\\').append(c < ' ' || c == 0x7f ? String.format("x%02x", c) : Character.toString(c));
    } else {
      out.appendCodePoint(c);
    }
  }
}
