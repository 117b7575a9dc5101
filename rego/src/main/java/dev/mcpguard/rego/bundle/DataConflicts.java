package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules and data that lie at the same path. OPA refuses to activate such a bundle; the engine alone
 * would let the rule win. Pure.
 */
public final class DataConflicts {
  private DataConflicts() {}

  /** The names of the rules, such as {@code data.site.allow}, that data of the policy lies at. */
  public static List<String> of(CompiledPolicy policy) {
    List<String> conflicts = new ArrayList<>();
    for (RuleGroup group : policy.modules().groups()) {
      if (lies(policy.data(), group.path())) {
        conflicts.add(group.name());
      }
    }
    return conflicts;
  }

  /** Whether there is data at the path, or something on the way to it that is no object. */
  private static boolean lies(Value data, List<Value> path) {
    Value at = data;
    for (Value part : path) {
      if (!(at instanceof ObjectValue object)) {
        return true;
      }
      Value next = object.get(part);
      if (next == null) {
        return false;
      }
      at = next;
    }
    return true;
  }
}
