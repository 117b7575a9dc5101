package dev.mcpguard.model;

import dev.mcpguard.json.Digest;
import org.jspecify.annotations.Nullable;

/** Outcome of the registry step. */
public sealed interface ToolLookup {

  /** A declared tool whose live definition equals the approved one. */
  record Found(ServedTool tool) implements ToolLookup {}

  /**
   * Not declared, quarantined, changed, or the server cannot be asked.
   *
   * @param live digest of the definition the server listed, or null: what an auditor needs to
   *     compare again
   */
  record NotServed(Refusal refusal, @Nullable Digest live) implements ToolLookup {
    public NotServed(Refusal refusal) {
      this(refusal, null);
    }
  }
}
