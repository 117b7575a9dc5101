package dev.mcpguard.app.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an approval would change, for people to read before anything is written. Immutable.
 *
 * @param changes one for each tool whose entry changes
 * @param refusals why nothing is written; empty when it can be
 * @param text the manifest with the changes
 */
public record ApprovalPlan(List<Change> changes, List<String> refusals, String text) {
  public ApprovalPlan {
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
  }

  /**
   * One tool.
   *
   * @param before the definition pinned so far, null when none
   * @param definition the live one, exactly what is pinned
   * @param difference what changed, line by line, safe to print
   * @param remarks what the guard holds of it, safe to print
   */
  public record Change(
      String tool,
      @Nullable Digest before,
      JsonObject definition,
      List<String> difference,
      List<String> remarks) {
    public Change {
      difference = List.copyOf(difference);
      remarks = List.copyOf(remarks);
    }
  }
}
