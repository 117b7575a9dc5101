package dev.mcpguard.model;

/**
 * Everything a client can ask, strictly parsed. Sealed: a new kind of request does not compile until
 * the gate says what happens to it (invariant 2: there is one gate and no other path).
 */
public sealed interface GatedRequest
    permits ToolCall, TaskRequest, ListRequest, ListenRequest, PrimitiveCall, LocalRequest, Misread {

  /** The request's circumstances. */
  RequestFacts facts();
}
