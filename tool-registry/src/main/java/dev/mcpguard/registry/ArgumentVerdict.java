package dev.mcpguard.registry;

import java.util.List;

/**
 * What the rules say about one call. Immutable.
 *
 * @param violations empty when every rule is kept
 * @param riskClass the class of this call: never above the tool's own; admin when a rule is broken
 *     or an argument that decides the class is not proven narrower
 */
public record ArgumentVerdict(List<ArgumentViolation> violations, RiskClass riskClass) {
  public ArgumentVerdict {
    violations = List.copyOf(violations);
  }

  public boolean kept() {
    return violations.isEmpty();
  }
}
