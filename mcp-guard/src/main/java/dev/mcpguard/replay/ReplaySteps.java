package dev.mcpguard.replay;

import dev.mcpguard.gate.Rehearsal;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.RegistrySnapshot;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The guard's own steps as replay runs them: those it is wired with, which reach nothing outside.
 *
 * @param classifier what the guard itself holds a definition for
 * @param rehearsal intent, classification and the question
 * @param withoutFlatIntent the same where tools are listed without flat intent arguments
 * @param dischargeable obligations this guard can meet
 */
public record ReplaySteps(
    Function<JsonObject, @Nullable ClassFinding> classifier,
    Rehearsal rehearsal,
    Rehearsal withoutFlatIntent,
    Predicate<Obligation> dischargeable) {

  /**
   * What decides instead of the recorded revisions; null: as recorded.
   *
   * @param policy a candidate policy
   * @param registry a candidate registry
   */
  public record Candidate(@Nullable CompiledPolicies policy, @Nullable RegistrySnapshot registry) {
    /** A true replay. */
    public static Candidate none() {
      return new Candidate(null, null);
    }

    boolean present() {
      return policy != null || registry != null;
    }
  }
}
