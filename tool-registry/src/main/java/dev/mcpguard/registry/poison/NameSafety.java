package dev.mcpguard.registry.poison;

import java.text.Normalizer;
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

  /** How alike the two are; symmetric. */
  public static Likeness compare(String left, String right) {
    if (left.equals(right)) {
      return Likeness.SAME;
    }
    if (left.length() > LONGEST || right.length() > LONGEST) {
      return Likeness.DISTINCT; // names of that length are refused anyway
    }
    if (folded(left).equals(folded(right))) {
      return Likeness.COLLISION;
    }
    String leftLook = Skeleton.of(left);
    String rightLook = Skeleton.of(right);
    if (leftLook.equals(rightLook)) {
      return Likeness.LOOK_ALIKE;
    }
    if (badged(left, right) || badged(right, left)) {
      return Likeness.SQUATTING;
    }
    return near(leftLook, rightLook) ? Likeness.NEAR : Likeness.DISTINCT;
  }

  private static String folded(String name) {
    String plain =
        name.chars().allMatch(c -> c < 0x80)
            ? name
            : Normalizer.normalize(name, Normalizer.Form.NFKD);
    StringBuilder out = new StringBuilder(plain.length());
    plain.codePoints().filter(Character::isLetterOrDigit).map(Character::toLowerCase)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String spaced(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : ' ')
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }

  private static boolean badged(String longer, String shorter) {
    String rest = spaced(longer);
    String base = spaced(shorter);
    if (base.isEmpty() || rest.length() <= base.length()) {
      return false;
    }
    if (rest.startsWith(base + " ")) {
      return BADGES.contains(rest.substring(base.length() + 1));
    }
    return rest.endsWith(" " + base)
        && BADGES.contains(rest.substring(0, rest.length() - base.length() - 1));
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
