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

  /** Both demands in one: the most people, the shortest time, the first's roles if it has any. */
  static @Nullable ApprovalDemand strictest(
      @Nullable ApprovalDemand first, @Nullable ApprovalDemand second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    Duration valid = first.validFor;
    if (valid == null || (second.validFor != null && second.validFor.compareTo(valid) < 0)) {
      valid = second.validFor;
    }
    List<String> roles = first.roles.isEmpty() ? second.roles : first.roles;
    return new ApprovalDemand(Math.max(first.approvers, second.approvers), roles, valid);
  }
}
