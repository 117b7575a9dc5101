package dev.mcpguard.json;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses what was meant by a name that does not exist. */
public final class NearMiss {
  private NearMiss() {}

  /** The known name closest to {@code text}, or null when none is close enough to be meant. */
  public static @Nullable String of(String text, Collection<String> known) {
    String best = null;
    int bestDistance = Math.min(text.length(), 64) / 3 + 1;
    for (String candidate : known) {
      int distance = distance(text, candidate);
      if (distance < bestDistance || (distance == bestDistance && best == null)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Levenshtein's distance without regard to case; long texts are simply far apart. */
  private static int distance(String left, String right) {
    if (left.length() > 64 || right.length() > 64) {
      return Integer.MAX_VALUE;
    }
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same =
            Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
        int replaced = previous[j - 1] + (same ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
