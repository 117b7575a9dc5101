package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** The successive matches that Go finds: an empty match right after another does not count. */
final class RegexMatches {
  private final BuiltinContext context;
  private final Pattern pattern;
  private final String text;
  private final Matcher matcher;
  private long left;
  private int from;
  private int lastEnd = -1;

  /**
   * @param limit the most matches to find, all if it is negative
   */
  RegexMatches(BuiltinContext context, Pattern pattern, String text, long limit) {
    this.context = context;
    this.pattern = pattern;
    this.text = text;
    this.matcher = pattern.matcher(text);
    this.left = limit < 0 ? Long.MAX_VALUE : limit;
    Patterns.charge(context, pattern, text);
  }

  boolean next() {
    while (left > 0 && from <= text.length()) {
      int before = from;
      boolean found = matcher.find(from);
      int reached = found ? matcher.end() : text.length();
      context.charge(1 + (reached - before) / 32L * Math.max(1, pattern.programSize() / 8));
      if (!found) {
        left = 0;
        return false;
      }
      boolean counts = matcher.end() > matcher.start() || matcher.start() != lastEnd;
      from = matcher.end() > from ? matcher.end() : after(from);
      lastEnd = matcher.end();
      if (counts) {
        left--;
        return true;
      }
    }
    return false;
  }

  private int after(int index) {
    return index < text.length() ? index + Character.charCount(text.codePointAt(index)) : index + 1;
  }

  Matcher matcher() {
    return matcher;
  }
}
