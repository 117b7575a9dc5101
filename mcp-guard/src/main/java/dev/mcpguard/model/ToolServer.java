package dev.mcpguard.model;

/**
 * One registered tool server, seen from the gate. Thread-safe and blocking; every method returns by
 * the deadline. The caller's token reaches no implementation: what is cleared is sent with the
 * guard's own credential.
 */
public interface ToolServer {

  /** Sends exactly the decided value and waits for the answer. */
  CallOutcome call(ClearedCall call, ReplyChannel channel);

  /** Sends exactly the decided request for another primitive and waits for the answer. */
  CallOutcome ask(ClearedPrimitive request, ReplyChannel channel);

  /** Fetches one page of a list. */
  CallOutcome list(ClearedListing listing, ReplyChannel channel);
}
