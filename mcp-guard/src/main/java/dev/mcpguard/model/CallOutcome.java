package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/** How a forwarded call ended, as the tool server's client saw it. */
public sealed interface CallOutcome {

  /**
   * The server answered with a result.
   *
   * @param result the {@code result} member, as parsed
   * @param bytes size of the answer as received
   */
  record Replied(JsonObject result, int bytes) implements CallOutcome {}

  /**
   * The server waits for its client in the middle of the call, which goes on when the client comes
   * back with what it was asked for. Whether the call runs to its end is not known yet.
   *
   * @param result a result of type {@code input_required}, made by the guard
   */
  record Waiting(JsonObject result) implements CallOutcome {}

  /**
   * The server answered with a JSON-RPC error.
   *
   * @param error the {@code error} member, as parsed
   * @param bytes size of the answer as received
   */
  record ServerError(JsonObject error, int bytes) implements CallOutcome {}

  /**
   * No valid answer. {@code fate} tells whether the call may have run; nothing is ever sent again on
   * the strength of it.
   */
  record Failed(ReasonCode reason, Fate fate, String detail) implements CallOutcome {}
}
