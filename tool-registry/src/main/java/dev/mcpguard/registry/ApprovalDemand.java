package dev.mcpguard.registry;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the tool need people to agree, whatever policy says. Immutable.
 *
 * @param approvers how many different people
 * @param roles roles of which an approver must have one; empty leaves it to policy
 * @param validFor how long an approval may be used; null leaves it to policy
 */
public record ApprovalDemand(int approvers, List<String> roles, @Nullable Duration validFor) {
  public ApprovalDemand {
    roles = List.copyOf(roles);
    if (approvers < 1) {
      throw new IllegalArgumentException("an approval needs at least one approver");
    }
  }
}
