package dev.mcpguard.samples.server;

import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;

/**
 * The annotations a tool carries. All tools here are closed world: they touch their own state only.
 */
public enum ToolHints {
  /** Changes nothing. */
  READS(true, false, true),
  /** Adds something. */
  ADDS(false, false, false),
  /** Sets something to a value; twice is the same as once. */
  SETS(false, false, true),
  /** Takes something away or replaces it for good. */
  DESTROYS(false, true, true);

  private final ToolAnnotations annotations;

  ToolHints(boolean readOnly, boolean destructive, boolean idempotent) {
    annotations =
        ToolAnnotations.builder()
            .readOnlyHint(readOnly)
            .destructiveHint(destructive)
            .idempotentHint(idempotent)
            .openWorldHint(false)
            .build();
  }

  ToolAnnotations annotations() {
    return annotations;
  }
}
