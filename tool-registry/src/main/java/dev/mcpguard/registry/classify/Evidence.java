package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the rules have found so far about one tool. Not thread-safe. */
final class Evidence {
  private RiskClass riskClass = RiskClass.READ;
  private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
  private final Set<Reason> reasons = new LinkedHashSet<>();
  private double confidence = 0.95;

  // INVARIANT: the class only ever rises, so no rule can undo what another has found.
  void raise(RiskClass to, String code, String words) {
    riskClass = riskClass.max(to);
    reasons.add(new Reason(code, words));
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  void effects(Set<Effect> found) {
    effects.addAll(found);
  }

  /** The words speak less plainly than that. */
  void confidenceAtMost(double limit) {
    confidence = Math.min(confidence, limit);
  }

  RiskClass riskClass() {
    return riskClass;
  }

  Suggestion suggestion() {
    return new Suggestion(riskClass, effects, confidence, List.copyOf(reasons));
  }
}
