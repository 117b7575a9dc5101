package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The verb lexicon. Immutable and thread-safe. */
final class Verbs {
  private static final List<String> PREFIXES = List.of("re", "un", "de", "dis", "pre", "auto");
  private final Map<String, Verb> byWord;

  private Verbs(Map<String, Verb> byWord) {
    this.byWord = Map.copyOf(byWord);
  }

  static Verbs load() {
    Map<String, Verb> byWord = new HashMap<>();
    for (List<String> row : WordList.read("verbs.txt", 6)) {
      if (byWord.put(row.getFirst(), verb(row)) != null) {
        throw new IllegalStateException("verbs.txt: `" + row.getFirst() + "` stands twice");
      }
    }
    return new Verbs(byWord);
  }

  private static Verb verb(List<String> row) {
    RiskClass riskClass = RiskClass.ofText(row.get(1));
    if (riskClass == null) {
      throw new IllegalStateException("verbs.txt: no class `" + row.get(1) + "`");
    }
    return new Verb(
        row.get(0),
        riskClass,
        Verb.Use.valueOf(row.get(2).toUpperCase(Locale.ROOT)),
        Verb.Raise.valueOf(row.get(3).toUpperCase(Locale.ROOT)),
        effects(row.get(4)),
        row.get(5));
  }

  private static Set<Effect> effects(String text) {
    Effect effect = Effect.ofText(text);
    return effect == null ? Set.of() : Set.copyOf(EnumSet.of(effect));
  }

  /** The verb of that spelling, or a prefixed form of a changing one: {@code undeploy}. */
  @Nullable Verb find(String word) {
    Verb exact = byWord.get(word);
    if (exact != null) {
      return exact;
    }
    for (String prefix : PREFIXES) {
      if (word.startsWith(prefix) && word.length() > prefix.length() + 2) {
        Verb stem = byWord.get(word.substring(prefix.length()));
        if (stem != null && !stem.reads() && stem.use() != Verb.Use.NOUN) {
          return stem;
        }
      }
    }
    return null;
  }

  /** The verb of a word of prose in base form or third person: {@code deletes}, {@code copies}. */
  @Nullable Verb findInflected(String word) {
    Verb exact = byWord.get(word);
    if (exact != null || word.length() < 4 || !word.endsWith("s")) {
      return exact;
    }
    String shorter = word.substring(0, word.length() - 1);
    if (byWord.containsKey(shorter)) {
      return byWord.get(shorter);
    }
    if (word.endsWith("ies")) {
      return byWord.get(word.substring(0, word.length() - 3) + "y");
    }
    return word.endsWith("es") ? byWord.get(word.substring(0, word.length() - 2)) : null;
  }
}
