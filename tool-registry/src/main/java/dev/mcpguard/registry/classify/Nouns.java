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
  private final Set<String> languages;

  private Nouns(Map<String, Noun> raising, Set<String> shown, Set<String> languages) {
    this.raising = Map.copyOf(raising);
    this.shown = Set.copyOf(shown);
    this.languages = Set.copyOf(languages);
  }

  static Nouns load() {
    Map<String, Noun> raising = new HashMap<>();
    for (List<String> row : WordList.read("objects.txt", 4)) {
      Noun.Kind kind = Noun.Kind.valueOf(row.get(1).toUpperCase(Locale.ROOT));
      Noun.Place place = Noun.Place.valueOf(row.get(2).toUpperCase(Locale.ROOT));
      if (raising.put(row.get(0), new Noun(row.get(0), kind, place, row.get(3))) != null) {
        throw new IllegalStateException("objects.txt: `" + row.get(0) + "` stands twice");
      }
    }
    return new Nouns(raising, words("read-nouns.txt"), words("languages.txt"));
  }

  private static Set<String> words(String file) {
    Set<String> words = new HashSet<>();
    WordList.read(file, 2).forEach(row -> words.add(row.getFirst()));
    return words;
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

  /** Whether the word names a query language, or a system queried in one, that can write. */
  boolean language(String word) {
    return languages.contains(word);
  }
}
