package dev.mcpguard.model;

/** A call whose caller is verified: the first step of the straight line is behind it. */
public record IdentifiedCall(ToolCall call, Principal principal) {}
