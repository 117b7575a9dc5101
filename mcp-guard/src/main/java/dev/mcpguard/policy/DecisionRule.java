package dev.mcpguard.policy;

import dev.mcpguard.json.Finding;
import dev.mcpguard.rego.CompiledPolicy;

/**
 * What a policy must hold to decide at all: a rule at the guard's entry point. One without, such as a
 * folder with a misspelt package, would deny every call as undefined, and is refused before it does.
 */
public final class DecisionRule {
  /** The document the guard asks for. */
  public static final String PATH = "data.mcpguard.authz.decision";

  private static final String MISSING = "does not define `" + PATH + "`";
  private static final String ADVICE = "write the rule `decision` in `package mcpguard.authz`";

  private DecisionRule() {}

  /** Whether a rule makes the decision or a part of it; data at the same path are none. */
  public static boolean definedIn(CompiledPolicy policy) {
    return policy.modules().groups().stream()
        .anyMatch(group -> group.name().equals(PATH) || group.name().startsWith(PATH + "."));
  }

  /** That this folder or bundle has no such rule. */
  static Finding missing(String place) {
    return new Finding(place, 0, "", MISSING, ADVICE);
  }

  /** The same as a problem of the sources as a whole, without a place in one of them. */
  public static PolicyProblem missing() {
    return new PolicyProblem(
        "", 0, 0, "entry_point_error", "the policy " + MISSING + "; " + ADVICE, "");
  }
}
