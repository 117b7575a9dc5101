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
 * @param digest the approved definition; null when none is pinned yet
 */
public record ToolDeclaration(
    ToolName name,
    Classification classification,
    DataExposure exposure,
    @Nullable Digest digest,
    Demands demands) {

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
}
