package dev.mcpguard.registry.poison;

import java.util.Set;

/** Whether one name may pass for another. Pure functions over names of servers or tools. */
public final class NameSafety {
  private static final Set<String> BADGES =
      Set.of("official", "secure", "safe", "verified", "trusted", "new", "v2", "v3", "pro", "plus",
          "real", "original", "latest", "fixed", "patched", "mcp", "server", "2", "enhanced");
  private static final int SHORTEST_NEAR = 6;
  private static final int LONGEST = 256;

  private NameSafety() {}

  /** How alike two names are, from not at all to the same, in rising order. */
  public enum Likeness {
    /** They cannot be mistaken. */
    DISTINCT,
    /** One letter changed, added, lost or swapped. */
    NEAR,
    /** One is the other with a badge of trust: {@code github-official}. */
    SQUATTING,
    /** They look alike: other letters of the same shape. */
    LOOK_ALIKE,
    /** They differ in case, width, accents or separators only. */
    COLLISION,
    /** The same characters. */
    SAME
  }

  /** What two names share that look alike or differ in case, width, accents or separators only. */
  public static String look(String name) {
    return NameShape.of(name).look();
  }

  /** How alike the two are; symmetric. */
  public static Likeness compare(String left, String right) {
    return compare(NameShape.of(left), NameShape.of(right));
  }

  static Likeness compare(NameShape left, NameShape right) {
    if (left.raw().equals(right.raw())) {
      return Likeness.SAME;
    }
    if (left.raw().length() > LONGEST || right.raw().length() > LONGEST) {
      return Likeness.DISTINCT; // names of that length are refused anyway
    }
    if (left.folded().equals(right.folded())) {
      return Likeness.COLLISION;
    }
    if (left.look().equals(right.look())) {
      return Likeness.LOOK_ALIKE;
    }
    if (badged(left.spaced(), right.spaced()) || badged(right.spaced(), left.spaced())) {
      return Likeness.SQUATTING;
    }
    return near(left.look(), right.look()) ? Likeness.NEAR : Likeness.DISTINCT;
  }

  private static boolean badged(String longer, String shorter) {
    int length = shorter.length();
    if (length == 0 || longer.length() <= length + 1) {
      return false;
    }
    if (longer.startsWith(shorter) && longer.charAt(length) == ' ') {
      return BADGES.contains(longer.substring(length + 1));
    }
    int rest = longer.length() - length;
    return longer.endsWith(shorter)
        && longer.charAt(rest - 1) == ' '
        && BADGES.contains(longer.substring(0, rest - 1));
  }

  private static boolean near(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    if (shorter < SHORTEST_NEAR || Math.abs(left.length() - right.length()) > 1) {
      return false;
    }
    int start = 0;
    while (start < shorter && left.charAt(start) == right.charAt(start)) {
      start++;
    }
    return rest(left, start + 1).equals(rest(right, start + 1))
        || rest(left, start).equals(rest(right, start + 1))
        || rest(left, start + 1).equals(rest(right, start))
        || swapped(left, right, start);
  }

  private static boolean swapped(String left, String right, int at) {
    return left.length() == right.length()
        && at + 1 < left.length()
        && left.charAt(at) == right.charAt(at + 1)
        && left.charAt(at + 1) == right.charAt(at)
        && rest(left, at + 2).equals(rest(right, at + 2));
  }

  private static String rest(String text, int from) {
    return from >= text.length() ? "" : text.substring(from);
  }
}
