package dev.mcpguard.registry;

/** Why a tool is not served; spelled as the reason code of refusals. */
public enum WithheldReason {
  /** Not declared, or declared and not there. */
  TOOL_UNKNOWN("tool-unknown"),
  /** The live definition is not the pinned one. */
  TOOL_CHANGED("tool-changed"),
  /** Nobody approved it yet, or it cannot be told what it is. */
  TOOL_QUARANTINED("tool-quarantined");

  private final String code;

  WithheldReason(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
