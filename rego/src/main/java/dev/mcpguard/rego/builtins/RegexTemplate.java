package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;

/** Literal text with regular expressions between delimiters. */
final class RegexTemplate {
  private RegexTemplate() {}

  static String expression(BuiltinContext context, String template, char open, char close) {
    StringBuilder expression = new StringBuilder("^");
    int level = 0;
    int start = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == open) {
        if (level++ == 0) {
          expression.append(Pattern.quote(template.substring(start, i)));
          start = i + 1;
        }
      } else if (c == close) {
        if (--level < 0) {
          throw unbalanced(template);
        }
        if (level == 0) {
          String part = template.substring(start, i);
          Patterns.compile(context, "^" + part + "$");
          expression.append('(').append(part).append(')');
          start = i + 1;
        }
      }
    }
    if (level != 0) {
      throw unbalanced(template);
    }
    return expression.append(Pattern.quote(template.substring(start))).append('$').toString();
  }

  private static BuiltinError unbalanced(String template) {
    return BuiltinError.of("unbalanced braces in `" + template + "`");
  }
}
