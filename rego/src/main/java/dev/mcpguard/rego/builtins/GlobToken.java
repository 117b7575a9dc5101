package dev.mcpguard.rego.builtins;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of the globs that {@code regex.globs_match} reads: the characters it matches as ranges, and
 * whether it repeats.
 *
 * @param ranges pairs of first and last code point
 * @param flag {@code *}, {@code +} or 0
 */
record GlobToken(List<int[]> ranges, char flag) {
  private static final int[] ANY = {0, Character.MAX_CODE_POINT};

  static List<GlobToken> parse(String glob) {
    return new Parser(glob).parse();
  }

  boolean meets(GlobToken other) {
    for (int[] a : ranges) {
      for (int[] b : other.ranges) {
        if (a[0] <= b[1] && b[0] <= a[1]) {
          return true;
        }
      }
    }
    return false;
  }

  private static final class Parser {
    private final int[] input;
    private int at;
    private boolean escaped;

    Parser(String glob) {
      input = glob.codePoints().toArray();
    }

    List<GlobToken> parse() {
      List<GlobToken> tokens = new ArrayList<>();
      while (at < input.length) {
        int c = next();
        List<int[]> ranges = List.of(new int[] {c, c});
        if (!escaped && c == '.') {
          ranges = List.<int[]>of(ANY);
        } else if (!escaped && c == '[') {
          ranges = set();
        } else if (!escaped && (c == ']' || c == '*' || c == '+')) {
          throw error("`" + Character.toString(c) + "` has nothing before it");
        }
        tokens.add(new GlobToken(ranges, flag()));
      }
      return tokens;
    }

    private char flag() {
      if (at < input.length && (input[at] == '*' || input[at] == '+')) {
        return (char) input[at++];
      }
      if (at < input.length && input[at] == '\\' && at + 1 == input.length) {
        throw error("the input ends with an escape");
      }
      return 0;
    }

    private int next() {
      int c = input[at++];
      escaped = c == '\\';
      if (!escaped) {
        return c;
      }
      if (at == input.length) {
        throw error("the input ends with an escape");
      }
      return input[at++];
    }

    private List<int[]> set() {
      List<int[]> ranges = new ArrayList<>();
      int previous = -1;
      while (at < input.length) {
        int c = next();
        if (!escaped && c == ']') {
          return ranges;
        }
        if (!escaped && c == '-') {
          ranges.add(range(previous));
          previous = -1;
        } else {
          ranges.add(new int[] {c, c});
          previous = c;
        }
      }
      throw error("found [ without matching ]");
    }

    private int[] range(int first) {
      if (first < 0 || at >= input.length - 1) {
        throw error("the range character `-` needs a character on both sides");
      }
      int last = next();
      if (!escaped && (last == ']' || last == '-') || last < first) {
        throw error("the range is out of order");
      }
      return new int[] {first, last};
    }

    private BuiltinError error(String reason) {
      return BuiltinError.of("input:" + new String(input, 0, input.length) + ", pos:" + at + ", " + reason);
    }
  }
}
