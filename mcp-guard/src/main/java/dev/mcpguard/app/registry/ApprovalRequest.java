package dev.mcpguard.app.registry;

import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an approver says. Immutable.
 *
 * @param tools the tools meant; empty means every declared tool whose live definition is not pinned
 * @param by who approves
 * @param onlyNew whether tools that have a pinned definition are left alone
 * @param override what is said against the guard's findings; null when nothing is
 */
public record ApprovalRequest(
    List<String> tools, String by, boolean onlyNew, @Nullable Objection override) {
  public ApprovalRequest {
    tools = List.copyOf(tools);
    if (by.isBlank()) {
      throw new IllegalArgumentException("an approval has a name");
    }
  }

  /**
   * A word against the guard's findings.
   *
   * @param riskClass stands in place of the classifier's class; null leaves it
   * @param findings poison findings that were seen and accepted
   */
  public record Objection(
      @Nullable RiskClass riskClass, Set<PoisonCode> findings, String reason) {
    public Objection {
      findings = Set.copyOf(findings);
    }
  }
}
