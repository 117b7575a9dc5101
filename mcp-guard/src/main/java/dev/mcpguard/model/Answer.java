package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What the gate tells the front. The front only renders it: JSON-RPC envelope, HTTP status, headers.
 */
public sealed interface Answer {

  /** The request's decision id. */
  String decisionId();

  /**
   * A JSON-RPC result.
   *
   * @param result the result object
   * @param principal whom it was made for; the front binds sessions and streams to it
   */
  record Result(String decisionId, JsonObject result, Principal principal) implements Answer {}

  /** A JSON-RPC error that came from the tool server and may be relayed. */
  record ServerError(String decisionId, JsonObject error) implements Answer {}

  /**
   * A refusal.
   *
   * @param principal the verified caller, or null if none was verified
   */
  record Refused(String decisionId, Refusal refusal, @Nullable Principal principal)
      implements Answer {}
}
