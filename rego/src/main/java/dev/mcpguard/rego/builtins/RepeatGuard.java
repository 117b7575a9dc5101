package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Refuses counted repetitions that multiply to more than RE2 allows. The library checks a single
 * count only, and would expand nested ones into programs of any size.
 */
final class RepeatGuard {
  private static final int MAX_PRODUCT = 1000;
  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  private final String expression;
  // The largest product within the group that is open at each depth.
  private final long[] products;
  private int depth;
  private long last = 1;

  private RepeatGuard(String expression) {
    this.expression = expression;
    this.products = new long[expression.length() + 1];
    products[0] = 1;
  }

  static void check(String expression) {
    if (expression.indexOf('{') >= 0 && expression.indexOf('(') >= 0) {
      new RepeatGuard(expression).check();
    }
  }

  private void check() {
    for (int i = 0; i < expression.length(); i++) {
      i = step(i);
      products[depth] = Math.max(products[depth], last);
      if (last > MAX_PRODUCT) {
        throw BuiltinError.of("error parsing regexp: invalid repeat count: `" + expression + "`");
      }
    }
  }

  /** Takes one element; returns the index of its last character. */
  private int step(int i) {
    switch (expression.charAt(i)) {
      case '(' -> {
        products[++depth] = 1;
        last = 1;
      }
      case ')' -> last = depth > 0 ? products[depth--] : 1;
      case '{' -> {
        return counted(i);
      }
      case '[' -> {
        last = 1;
        return classEnd(i);
      }
      case '\\' -> {
        last = 1;
        return i + 1;
      }
      case '*', '+', '?' -> {}
      default -> last = 1;
    }
    return i;
  }

  private int counted(int i) {
    Matcher matcher = COUNTED.matcher(expression.substring(i, Math.min(i + 24, expression.length())));
    if (!matcher.lookingAt()) {
      return i;
    }
    String most = matcher.group(2);
    String count = most == null || most.isEmpty() ? matcher.group(1) : most;
    last *= Math.max(1, Long.parseLong(count));
    return i + matcher.end() - 1;
  }

  private int classEnd(int start) {
    int i = start + 1;
    while (i < expression.length() && (expression.charAt(i) != ']' || i <= start + 2 && isFirst(start, i))) {
      i += expression.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private boolean isFirst(int start, int i) {
    return i == start + 1 || expression.charAt(start + 1) == '^';
  }
}
