package dev.mcpguard.registry;

import java.util.EnumSet;
import java.util.Set;

/** A risk class and the effects that refine it. Immutable. */
public record Classification(RiskClass riskClass, Set<Effect> effects) {
  public Classification {
    effects = Set.copyOf(effects);
  }

  /**
   * Raised by what somebody else says: the higher class, every effect of either. Idempotent stays
   * as it is here, because it is the one effect that excuses.
   */
  public Classification raisedBy(Classification other) {
    EnumSet<Effect> all = EnumSet.noneOf(Effect.class);
    all.addAll(other.effects);
    all.remove(Effect.IDEMPOTENT);
    all.addAll(effects);
    return new Classification(riskClass.max(other.riskClass), all);
  }
}
