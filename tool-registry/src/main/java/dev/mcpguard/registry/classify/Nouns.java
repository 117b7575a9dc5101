package dev.mcpguard.registry.classify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The object lexicon. Immutable and thread-safe. */
final class Nouns {
  private final Map<String, Noun> raising;
  private final Set<String> shown;

  private Nouns(Map<String, Noun> raising, Set<String> shown) {
    this.raising = Map.copyOf(raising);
    this.shown = Set.copyOf(shown);
  }

  static Nouns load() {
    Map<String, Noun> raising = new HashMap<>();
    for (List<String> row : WordList.read("objects.txt", 4)) {
      Noun.Kind kind = Noun.Kind.valueOf(row.get(1).toUpperCase(Locale.ROOT));
      boolean headOnly = row.get(2).equals("head");
      if (raising.put(row.get(0), new Noun(row.get(0), kind, headOnly, row.get(3))) != null) {
        throw new IllegalStateException("objects.txt: `" + row.get(0) + "` stands twice");
      }
    }
    Set<String> shown = new HashSet<>();
    WordList.read("read-nouns.txt", 2).forEach(row -> shown.add(row.getFirst()));
    return new Nouns(raising, shown);
  }

  /** The noun that raises, found by its singular or plural. */
  @Nullable Noun find(String word) {
    Noun exact = raising.get(word);
    return exact != null ? exact : raising.get(NameTokens.singular(word));
  }

  /** Whether a name without a verb that ends in this word only shows something. */
  boolean shown(String word) {
    return shown.contains(word);
  }
}
