package dev.mcpguard.app.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The difference of two texts, word by word: a longest common subsequence of words. Pure. */
final class WordDiff {
  private static final Pattern WORD = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|.", Pattern.DOTALL);
  private static final long MOST_CELLS = 4_000_000;

  private WordDiff() {}

  /** What became of a stretch of text. */
  enum Fate {
    KEPT,
    REMOVED,
    ADDED
  }

  /** A stretch of text with one fate. */
  record Stretch(Fate fate, String text) {}

  static List<Stretch> of(String before, String after) {
    List<String> old = words(before);
    List<String> now = words(after);
    if ((long) old.size() * now.size() > MOST_CELLS) {
      return List.of(new Stretch(Fate.REMOVED, before), new Stretch(Fate.ADDED, after));
    }
    return joined(walk(old, now, lengths(old, now)));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** The length of the longest common subsequence of what is left from each pair of places. */
  private static int[][] lengths(List<String> old, List<String> now) {
    int[][] lengths = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            old.get(i).equals(now.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private static List<Stretch> walk(List<String> old, List<String> now, int[][] lengths) {
    List<Stretch> stretches = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        stretches.add(new Stretch(Fate.KEPT, old.get(i)));
        i++;
        j++;
      } else if (j == now.size() || (i < old.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
        stretches.add(new Stretch(Fate.REMOVED, old.get(i++)));
      } else {
        stretches.add(new Stretch(Fate.ADDED, now.get(j++)));
      }
    }
    return stretches;
  }

  private static List<Stretch> joined(List<Stretch> single) {
    List<Stretch> joined = new ArrayList<>();
    for (Stretch stretch : single) {
      if (!joined.isEmpty() && joined.getLast().fate() == stretch.fate()) {
        Stretch last = joined.removeLast();
        joined.add(new Stretch(last.fate(), last.text() + stretch.text()));
      } else {
        joined.add(stretch);
      }
    }
    return joined;
  }
}
