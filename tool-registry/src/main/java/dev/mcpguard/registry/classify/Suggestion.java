package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the classifier makes of a tool. A suggestion never lowers what an author declared. Immutable
 * and thread-safe.
 *
 * @param confidence between 0 and 1, how plainly the words speak; it never changes the class
 * @param reasons in the order found, at least one
 */
public record Suggestion(
    RiskClass riskClass, Set<Effect> effects, double confidence, List<Reason> reasons) {
  public Suggestion {
    if (!(confidence >= 0 && confidence <= 1) || reasons.isEmpty()) {
      throw new IllegalArgumentException("a suggestion needs a confidence and a reason");
    }
    EnumSet<Effect> ordered = EnumSet.noneOf(Effect.class);
    ordered.addAll(effects);
    effects = Collections.unmodifiableSet(ordered);
    reasons = List.copyOf(reasons);
  }
}
