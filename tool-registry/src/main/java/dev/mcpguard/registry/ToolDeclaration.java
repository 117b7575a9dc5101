package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonPointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about one tool, with the server's defaults and wildcard worked in.
 * Immutable.
 *
 * @param classification the author's word, which hints, classifier and arguments may only raise
 * @param standing what was approved and what was stopped
 */
public record ToolDeclaration(
    ToolName name,
    Classification classification,
    DataExposure exposure,
    Standing standing,
    Demands demands) {

  /**
   * What people decided about the tool.
   *
   * @param digest the approved definition; null when none is pinned yet
   * @param suspension why it is out of service; null when it is not
   * @param override a second person's word against the guard's findings; null when there is none
   */
  public record Standing(
      @Nullable Digest digest,
      @Nullable Suspension suspension,
      @Nullable FindingOverride override) {}

  /**
   * What a call has to respect.
   *
   * @param rules one per argument at most
   * @param redact what is blanked in replies
   * @param approval null when policy alone decides
   */
  public record Demands(
      List<ArgumentRule> rules,
      List<JsonPointer> redact,
      ToolLimits limits,
      @Nullable ApprovalDemand approval) {
    public Demands {
      rules = List.copyOf(rules);
      redact = List.copyOf(redact);
    }
  }

  /** A tool in service, with this pinned definition and no override. */
  public ToolDeclaration(
      ToolName name,
      Classification classification,
      DataExposure exposure,
      @Nullable Digest digest,
      Demands demands) {
    this(name, classification, exposure, new Standing(digest, null, null), demands);
  }

  /** The approved definition; null when none is pinned yet. */
  public @Nullable Digest digest() {
    return standing.digest();
  }
}
