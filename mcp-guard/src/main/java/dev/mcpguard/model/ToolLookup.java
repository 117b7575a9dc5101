package dev.mcpguard.model;


/** Outcome of the registry step. */
public sealed interface ToolLookup {

  /** A declared tool whose live definition equals the approved one. */
  record Found(ServedTool tool) implements ToolLookup {}

  /** Not declared, quarantined, changed, or the server cannot be asked. */
  record NotServed(Refusal refusal) implements ToolLookup {}
}
