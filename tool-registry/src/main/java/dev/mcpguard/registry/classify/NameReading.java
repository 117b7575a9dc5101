package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.RiskClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A tool name read as words: which of them act as verbs, and which are the things acted upon.
 *
 * @param tokens the words of the name
 * @param verbs the indexes of the words that act as verbs, with the verb each stands for
 */
record NameReading(List<String> tokens, List<Acting> verbs) {
  private static final Set<String> PREPOSITIONS =
      Set.of("for", "from", "to", "in", "on", "by", "with", "of", "into", "at", "as", "via");
  private static final Set<String> TAIL = Set.of("v", "async", "sync", "only", "beta", "preview");

  /** A word that acts as a verb. */
  record Acting(int index, Verb verb) {}

  NameReading {
    tokens = List.copyOf(tokens);
    verbs = List.copyOf(verbs);
  }

  RiskClass riskClass() {
    RiskClass highest = RiskClass.READ;
    for (Acting acting : verbs) {
      highest = highest.max(acting.verb().riskClass());
    }
    return highest;
  }

  /** The verbs of the highest class. */
  List<Verb> decisive() {
    RiskClass highest = riskClass();
    return verbs.stream().map(Acting::verb).filter(v -> v.riskClass() == highest).toList();
  }

  boolean isVerb(int index) {
    return verbs.stream().anyMatch(acting -> acting.index() == index);
  }

  /** The indexes of all words that are not verbs. */
  List<Integer> objects() {
    List<Integer> objects = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (!isVerb(i)) {
        objects.add(i);
      }
    }
    return objects;
  }

  /** The indexes of words that name the thing itself: before a verb, or before a preposition. */
  Set<Integer> heads() {
    Set<Integer> heads = new HashSet<>();
    for (Acting acting : verbs) {
      if (acting.index() > 0 && !isVerb(acting.index() - 1)) {
        heads.add(acting.index() - 1);
      }
    }
    int end = end();
    if (!isVerb(end)) {
      heads.add(end);
    }
    return heads;
  }

  private int end() {
    int end = tokens.size() - 1;
    for (int i = 1; i < tokens.size(); i++) {
      if (PREPOSITIONS.contains(tokens.get(i)) && !isVerb(i - 1)) {
        end = i - 1;
        break;
      }
    }
    while (end > 0 && (TAIL.contains(tokens.get(end)) || number(tokens.get(end)))) {
      end--;
    }
    return end;
  }

  private static boolean number(String token) {
    return Character.isDigit(token.charAt(0));
  }

  static boolean preposition(String word) {
    return PREPOSITIONS.contains(word);
  }
}
