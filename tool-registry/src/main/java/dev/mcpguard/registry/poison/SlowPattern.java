package dev.mcpguard.registry.poison;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Finds what makes a regular expression slow or unsafe in a backtracking engine. Linear. */
final class SlowPattern {
  private static final int LONGEST = 1_000;
  private static final int MOST_REPETITIONS = 1_000;
  private final String pattern;
  private int at;
  private final Deque<Group> open = new ArrayDeque<>();

  /** What is wrong; certain when no input is needed to prove it. */
  record Problem(String words, boolean certain) {}

  private static final class Group {
    boolean repeats;
    boolean overlaps;
    int atoms;
    String starts = "";

    void atom(char c) {
      if (atoms++ == 0 || branchStart) {
        overlaps |= starts.indexOf(c) >= 0;
        starts += c;
        branchStart = false;
      }
    }

    boolean branchStart;
  }

  private SlowPattern(String pattern) {
    this.pattern = pattern;
  }

  /** What is wrong with the pattern, or null. */
  static @Nullable Problem problem(String pattern) {
    if (pattern.length() > LONGEST) {
      return new Problem("is " + pattern.length() + " characters long", true);
    }
    return new SlowPattern(pattern).scan();
  }

  private @Nullable Problem scan() {
    open.push(new Group());
    while (at < pattern.length()) {
      Problem problem = step(pattern.charAt(at));
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable Problem step(char c) {
    switch (c) {
      case '\\' -> {
        boolean reference = at + 1 < pattern.length()
            && pattern.charAt(at + 1) >= '1' && pattern.charAt(at + 1) <= '9';
        at += 2;
        open.getFirst().atom('\\');
        return reference ? new Problem("refers back to a group", false) : quantified(false, false);
      }
      case '[' -> {
        open.getFirst().atom('[');
        skipClass();
        return quantified(false, false);
      }
      case '(' -> {
        open.push(new Group());
        at = groupBody();
        return null;
      }
      case '|' -> {
        open.getFirst().branchStart = true;
        at++;
        return null;
      }
      case ')' -> {
        return close();
      }
      default -> {
        open.getFirst().atom(c);
        at++;
        return quantified(false, false);
      }
    }
  }

  // past `(`, `(?:`, `(?=`, `(?<name>`
  private int groupBody() {
    if (at + 1 >= pattern.length() || pattern.charAt(at + 1) != '?') {
      return at + 1;
    }
    int body = at + 2;
    while (body < pattern.length() && ":=!>)".indexOf(pattern.charAt(body)) < 0) {
      body++;
    }
    return Math.min(body + 1, pattern.length());
  }

  private @Nullable Problem close() {
    at++;
    if (open.size() == 1) {
      return new Problem("has a bracket too many", false);
    }
    Group closed = open.pop();
    boolean certain = (closed.repeats && closed.atoms == 1) || closed.overlaps;
    open.getFirst().atom('(');
    open.getFirst().repeats |= closed.repeats;
    return quantified(closed.repeats || closed.overlaps, certain);
  }

  private void skipClass() {
    at++;
    boolean first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = pattern.charAt(at) == '^' && first;
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  // a repetition of something that repeats without bound itself
  private @Nullable Problem quantified(boolean nested, boolean certain) {
    if (at >= pattern.length()) {
      return null;
    }
    int most = repetitions();
    if (most <= 1) {
      return null;
    }
    if (nested && most > 10) {
      return new Problem("repeats what already repeats or overlaps", certain);
    }
    if (most > 10) {
      open.getFirst().repeats = true;
    }
    return most > MOST_REPETITIONS && most != Integer.MAX_VALUE
        ? new Problem("counts too far", false)
        : null;
  }

  private int repetitions() {
    char c = pattern.charAt(at);
    if (c == '*' || c == '+') {
      at++;
      return Integer.MAX_VALUE;
    }
    if (c == '?') {
      at++;
      return 1;
    }
    int close = c == '{' ? pattern.indexOf('}', at) : -1;
    if (close < 0) {
      return 1;
    }
    String[] bounds = pattern.substring(at + 1, close).split(",", -1);
    at = close + 1;
    return bounds[bounds.length - 1].isBlank() ? Integer.MAX_VALUE : number(bounds);
  }

  private static int number(String[] bounds) {
    try {
      return Integer.parseInt(bounds[bounds.length - 1].strip());
    } catch (NumberFormatException notANumber) {
      return 1;
    }
  }
}
