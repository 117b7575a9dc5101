package dev.mcpguard.registry.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides which words of a name act as verbs. A changing word counts wherever it may be a verb; it
 * is taken for a noun only where a reading verb before it leaves no other meaning.
 */
final class NameReader {
  private static final Set<String> SKIPPED = Set.of("batch", "bulk", "admin", "multi", "async");
  private static final Set<String> CONNECTORS = Set.of("and", "or", "then", "if");
  private final Verbs verbs;
  private final Nouns nouns;

  NameReader(Verbs verbs, Nouns nouns) {
    this.verbs = verbs;
    this.nouns = nouns;
  }

  NameReading read(List<String> tokens) {
    List<NameReading.Acting> acting = new ArrayList<>();
    Scan scan = new Scan(tokens, firstWord(tokens));
    for (int i = 0; i < tokens.size(); i++) {
      Verb verb = verbs.find(tokens.get(i));
      if (verb != null && scan.acts(i, verb)) {
        acting.add(new NameReading.Acting(i, verb));
      }
    }
    return new NameReading(tokens, acting);
  }

  private static int firstWord(List<String> tokens) {
    int first = 0;
    while (first < tokens.size() - 1 && SKIPPED.contains(tokens.get(first))) {
      first++;
    }
    return first;
  }

  /** One pass over the words of a name. */
  private final class Scan {
    private final List<String> tokens;
    private final int first;
    private final boolean connected;
    private final int firstReading;

    Scan(List<String> tokens, int first) {
      this.tokens = tokens;
      this.first = first;
      this.connected = tokens.stream().anyMatch(CONNECTORS::contains);
      this.firstReading = firstReading();
    }

    boolean acts(int index, Verb verb) {
      return verb.reads() ? reads(index, verb) : changes(index, verb);
    }

    private boolean changes(int index, Verb verb) {
      boolean afterReading = index > firstReading;
      return switch (verb.use()) {
        case VERB -> true;
        case EITHER -> connected || index == first || !afterReading || lastAfterSearch(index);
        case NOUN -> connected || leadsWithoutVerb(index) || endsNouns(index);
      };
    }

    // `run_query` runs, `test_get` gets
    private boolean leadsWithoutVerb(int index) {
      return index == first && tokens.stream().noneMatch(token -> use(token) == Verb.Use.VERB);
    }

    // `pods_run` runs, `pods_log` shows
    private boolean endsNouns(int index) {
      return index == last()
          && !nouns.shown(tokens.get(index))
          && tokens.stream().map(this::use).allMatch(use -> use == Verb.Use.NOUN);
    }

    // words that are no verbs at all count as nouns
    private Verb.Use use(String token) {
      Verb verb = verbs.find(token);
      return verb == null ? Verb.Use.NOUN : verb.use();
    }

    // `check_update` may update; `get_update` can only get one
    private boolean lastAfterSearch(int index) {
      Verb reading = verbs.find(tokens.get(firstReading));
      return index == last() && reading != null && reading.use() != Verb.Use.VERB;
    }

    private boolean reads(int index, Verb verb) {
      if (tokens.get(index).equals("list")) {
        return index == first || index == last() || listsSomething(index);
      }
      return verb.use() == Verb.Use.VERB || index == first || index == last();
    }

    // `kiali_list_clusters`, `pods_list_in_namespace`, but not `mailing_list_optout`
    private boolean listsSomething(int index) {
      return NameReading.preposition(tokens.get(index + 1))
          || NameTokens.plural(tokens.get(last()));
    }

    private int firstReading() {
      for (int i = first; i < tokens.size(); i++) {
        Verb verb = verbs.find(tokens.get(i));
        if (verb != null && verb.reads() && reads(i, verb)
            && (verb.use() == Verb.Use.VERB || i == first)) {
          return i;
        }
      }
      return tokens.size();
    }

    private int last() {
      return tokens.size() - 1;
    }
  }
}
