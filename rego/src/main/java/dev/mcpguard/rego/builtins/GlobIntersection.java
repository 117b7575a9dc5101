package dev.mcpguard.rego.builtins;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether two globs have a match in common, as OPA decides it: a repeated token takes in the tokens
 * of the other side one by one, and each of these must meet it. Answers are remembered by position,
 * so that the work is bounded by the product of the lengths.
 */
final class GlobIntersection {
  private static final int MAX_TOKENS = 600;

  private final BuiltinContext context;
  private final List<GlobToken> left;
  private final List<GlobToken> right;
  private final Map<Long, Boolean> known = new HashMap<>();

  GlobIntersection(BuiltinContext context, String a, String b) {
    this.context = context;
    left = GlobToken.parse(a);
    right = GlobToken.parse(b);
    if (left.size() + right.size() > MAX_TOKENS) {
      throw BuiltinError.of("globs of more than " + MAX_TOKENS + " tokens");
    }
  }

  boolean exists() {
    return suffixesMeet() && normal(0, 0);
  }

  private boolean suffixesMeet() {
    int i = left.size() - 1;
    int j = right.size() - 1;
    for (; i >= 0 && j >= 0 && left.get(i).flag() == 0 && right.get(j).flag() == 0; i--, j--) {
      if (!left.get(i).meets(right.get(j))) {
        return false;
      }
    }
    return true;
  }

  private boolean normal(int i, int j) {
    int x = i;
    int y = j;
    while (x < left.size() && y < right.size()) {
      context.charge(1);
      if (left.get(x).flag() != 0) {
        return repeated(true, x, y);
      }
      if (right.get(y).flag() != 0) {
        return repeated(false, y, x);
      }
      if (!left.get(x++).meets(right.get(y++))) {
        return false;
      }
    }
    return x == left.size() && y == right.size();
  }

  private List<GlobToken> side(boolean isLeft) {
    return isLeft ? left : right;
  }

  /** The token at {@code own} of one side repeats; {@code other} is the position on the other. */
  private boolean repeated(boolean isLeft, int own, int other) {
    long key = ((long) own * (MAX_TOKENS + 1) + other) * 2 + (isLeft ? 1 : 0);
    Boolean answer = known.get(key);
    if (answer == null) {
      GlobToken token = side(isLeft).get(own);
      answer = token.flag() == '+' ? plus(isLeft, own, other) : star(isLeft, own, other);
      known.put(key, answer);
    }
    return answer;
  }

  private boolean plus(boolean isLeft, int own, int other) {
    GlobToken taken = side(!isLeft).get(other);
    if (!side(isLeft).get(own).meets(taken)) {
      return false;
    }
    return star(isLeft, own, other + 1)
        || taken.flag() != 0 && normal(isLeft, own + 1, other);
  }

  private boolean star(boolean isLeft, int own, int other) {
    List<GlobToken> mine = side(isLeft);
    List<GlobToken> theirs = side(!isLeft);
    GlobToken token = mine.get(own);
    boolean last = own + 1 == mine.size();
    for (int i = other; i < theirs.size(); i++) {
      context.charge(1);
      GlobToken taken = theirs.get(i);
      if (!last && taken.meets(mine.get(own + 1)) && normal(isLeft, own + 1, i)) {
        return true;
      }
      if (!taken.meets(token)) {
        return false;
      }
    }
    return last;
  }

  private boolean normal(boolean isLeft, int own, int other) {
    return isLeft ? normal(own, other) : normal(other, own);
  }
}
