package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.Set;

/** A verb of the lexicon, with how sure a sign it is and which objects can raise it. */
record Verb(
    String word,
    RiskClass riskClass,
    Use use,
    Raise raisedBy,
    Set<Effect> effects,
    String reason) {

  /** How sure a sign the word is. */
  enum Use {
    /** A verb wherever it stands. */
    VERB,
    /** A noun once a reading verb stands before it. */
    EITHER,
    /** Usually the name of a thing. */
    NOUN
  }

  /** Which objects raise it to admin. */
  enum Raise {
    NONE,
    ACCESS,
    ALL
  }

  boolean reads() {
    return riskClass == RiskClass.READ;
  }

  boolean destroys() {
    return effects.contains(Effect.DESTRUCTIVE);
  }
}
