package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Set;

/** What the name says: its verbs, or that it has none. */
final class NameRules {
  private static final Set<String> VERBAL = Set.of("ate", "ize", "ise", "ify");
  private static final Set<String> CONNECTORS = Set.of("and", "or", "then");
  private static final Set<String> QUERIES = Set.of("query", "select", "aggregate");
  private final NameReader reader;
  private final Nouns nouns;
  private final ObjectRules objects;
  private final CredentialRules credentials = new CredentialRules();

  NameRules(NameReader reader, Nouns nouns) {
    this.reader = reader;
    this.nouns = nouns;
    this.objects = new ObjectRules(nouns);
  }

  NameReading apply(String name, Evidence evidence) {
    List<String> tokens = NameTokens.of(name);
    NameReading reading = reader.read(tokens);
    if (!NameTokens.plain(name)) {
      evidence.confidenceAtMost(0.3);
      evidence.raise(
          RiskClass.ADMIN, "name-characters", "the name holds characters that names do not need");
    }
    if (reading.verbs().isEmpty()) {
      withoutVerb(tokens, evidence);
    } else {
      withVerbs(reading, evidence);
    }
    return reading;
  }

  private void withVerbs(NameReading reading, Evidence evidence) {
    for (Verb verb : reading.decisive()) {
      evidence.raise(reading.riskClass(), code(verb), "`" + verb.word() + "` " + verb.reason());
      evidence.effects(verb.effects());
      evidence.confidenceAtMost(confidence(verb));
    }
    boolean mixed = reading.verbs().stream().map(a -> a.verb().riskClass()).distinct().count() > 1;
    if (mixed) {
      evidence.confidenceAtMost(0.6);
    }
    if (reading.riskClass() == RiskClass.READ) {
      credentials.revealed(reading, evidence);
      language(reading, evidence);
      unknownSecond(reading, evidence);
    } else {
      credentials.minted(reading, evidence);
      objects.apply(reading, evidence);
    }
  }

  private void language(NameReading reading, Evidence evidence) {
    boolean queries = reading.verbs().stream().anyMatch(a -> QUERIES.contains(a.verb().word()));
    for (String token : reading.tokens()) {
      if (queries && nouns.language(token)) {
        evidence.confidenceAtMost(0.7);
        evidence.raise(
            RiskClass.ADMIN,
            "query-language",
            "`" + token + "` is queried in a language that can write");
      }
    }
  }

  // `check_and_repair`: a second verb this guard does not know
  private static void unknownSecond(NameReading reading, Evidence evidence) {
    List<String> tokens = reading.tokens();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (CONNECTORS.contains(tokens.get(i)) && reading.isVerb(i - 1) && !reading.isVerb(i + 1)) {
        evidence.confidenceAtMost(0.3);
        evidence.raise(
            RiskClass.ADMIN,
            "unknown-verb",
            "`" + tokens.get(i + 1) + "` is no verb this guard knows");
      }
    }
  }

  private void withoutVerb(List<String> tokens, Evidence evidence) {
    if (tokens.isEmpty() || !nouns.shown(tokens.getLast()) || verbal(tokens.getFirst())) {
      evidence.confidenceAtMost(0.3);
      evidence.raise(RiskClass.ADMIN, "no-verb", "the name has no verb this guard knows");
      return;
    }
    evidence.confidenceAtMost(0.5);
    String words = "no verb, and `" + tokens.getLast() + "` is something to look at";
    evidence.raise(RiskClass.READ, "shows", words);
  }

  // `frobnicate_status`: no verb we know, but a verb by its ending
  private static boolean verbal(String word) {
    return word.length() > 4 && VERBAL.stream().anyMatch(word::endsWith);
  }

  private static String code(Verb verb) {
    return switch (verb.riskClass()) {
      case READ -> "reading-verb";
      case WRITE -> verb.destroys() ? "destroying-verb" : "changing-verb";
      case ADMIN -> "admin-verb";
    };
  }

  private static double confidence(Verb verb) {
    return switch (verb.use()) {
      case VERB -> 0.95;
      case EITHER -> 0.8;
      case NOUN -> 0.6;
    };
  }
}
