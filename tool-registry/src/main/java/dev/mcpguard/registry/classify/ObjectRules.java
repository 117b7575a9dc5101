package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.RiskClass;
import java.util.Locale;
import java.util.Set;

/** Things that raise a changing verb: rights, identities, credentials, configuration and so on. */
final class ObjectRules {
  private final Nouns nouns;

  ObjectRules(Nouns nouns) {
    this.nouns = nouns;
  }

  void apply(NameReading reading, Evidence evidence) {
    Verb.Raise raise = Verb.Raise.NONE;
    for (Verb verb : reading.decisive()) {
      raise = verb.raisedBy().compareTo(raise) > 0 ? verb.raisedBy() : raise;
    }
    Set<Integer> heads = reading.heads();
    if (heads.stream().anyMatch(head -> remark(reading.tokens().get(head)))) {
      raise = Verb.Raise.NONE;
    }
    boolean destroys = reading.decisive().stream().anyMatch(Verb::destroys);
    for (int index : reading.objects()) {
      Noun noun = nouns.find(reading.tokens().get(index));
      if (noun != null
          && placed(noun, reading, heads.contains(index))
          && raises(noun, raise, destroys)) {
        evidence.raise(RiskClass.ADMIN, code(noun), words(reading, noun));
      }
    }
  }

  private boolean remark(String word) {
    Noun noun = nouns.find(word);
    return noun != null && noun.kind() == Noun.Kind.REMARK;
  }

  private static boolean raises(Noun noun, Verb.Raise raise, boolean destroys) {
    if (noun.kind() == Noun.Kind.BULK || noun.kind() == Noun.Kind.REMARK) {
      return destroys && noun.kind() == Noun.Kind.BULK;
    }
    return switch (raise) {
      case NONE -> false;
      case ACCESS -> noun.kind().rights();
      case ALL -> true;
    };
  }

  private static boolean placed(Noun noun, NameReading reading, boolean head) {
    return switch (noun.place()) {
      case ANY -> true;
      case HEAD -> head;
      case ALONE -> reading.objects().size() == 1;
    };
  }

  private static String code(Noun noun) {
    return "object-" + noun.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String words(NameReading reading, Noun noun) {
    Verb verb = reading.decisive().getFirst();
    return "`" + verb.word() + "` acts on `" + noun.word() + "`, which " + noun.reason();
  }
}
