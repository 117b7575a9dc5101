package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the description admits. It may only raise: nothing it claims makes a tool harmless. */
final class DescriptionRules {
  private static final int READ_AT_MOST = 4_000;
  private static final int OPENING_SENTENCES = 2;
  private static final int MOST_SENTENCES = 20;
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?]+\\s+|\\n+|[;:]\\s+");
  private static final Pattern WORD_GAP = Pattern.compile("[^\\p{L}-]+");
  private static final Set<String> CONNECTORS = Set.of("or", "and", "then");
  private final Verbs verbs;
  private final List<Phrase> phrases = Phrase.load();

  DescriptionRules(Verbs verbs) {
    this.verbs = verbs;
  }

  void apply(ToolDescription tool, NameReading name, Evidence evidence) {
    openings(tool.description(), evidence);
    String title = tool.annotations() == null ? null : tool.annotations().string("title");
    openings(title, evidence);
    phrases(tool.description(), name, evidence);
  }

  private void openings(@Nullable String text, Evidence evidence) {
    if (text == null || evidence.riskClass() != RiskClass.READ) {
      return;
    }
    int openings = 0;
    for (String sentence : SENTENCE_END.split(bounded(text), MOST_SENTENCES + 1)) {
      List<String> words = words(sentence);
      Verb first = words.isEmpty() ? null : verbs.findInflected(words.getFirst());
      // a claim such as `This is read-only.` put in front does not use up an opening
      if (first != null && openings++ < OPENING_SENTENCES) {
        opening(words, first, evidence);
      }
    }
  }

  // `Deletes a record`, `Get or delete a record`
  private void opening(List<String> words, Verb first, Evidence evidence) {
    if (says(first)) {
      raise(words.getFirst(), first, evidence);
    }
    if (words.size() > 2 && CONNECTORS.contains(words.get(1))) {
      Verb second = verbs.findInflected(words.get(2));
      if (second != null && says(second)) {
        raise(words.get(2), second, evidence);
      }
    }
  }

  // third person or base form of what is never a noun; `execute a search` and `run` say too little
  private static boolean says(Verb verb) {
    return verb.riskClass() == RiskClass.WRITE && verb.use() == Verb.Use.VERB;
  }

  private static void raise(String word, Verb verb, Evidence evidence) {
    evidence.effects(verb.effects());
    evidence.raise(
        verb.riskClass(),
        "description-verb",
        "its description says `" + word + "`, which " + verb.reason());
  }

  private void phrases(@Nullable String text, NameReading name, Evidence evidence) {
    if (text == null) {
      return;
    }
    String prose = " " + String.join(" ", words(bounded(text))) + " ";
    for (Phrase phrase : phrases) {
      if (phrase.applies(name) && prose.contains(" " + phrase.text() + " ")) {
        Effect effect = phrase.effect();
        if (effect != null) {
          evidence.effect(effect);
        }
        evidence.raise(
            phrase.riskClass(),
            "description-phrase",
            "its description says `" + phrase.text() + "`: " + phrase.reason());
      }
    }
  }

  private static List<String> words(String text) {
    return WORD_GAP.splitAsStream(text.toLowerCase(Locale.ROOT)).filter(w -> !w.isEmpty()).toList();
  }

  private static String bounded(String text) {
    return text.length() <= READ_AT_MOST ? text : text.substring(0, READ_AT_MOST);
  }
}
