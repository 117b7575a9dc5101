package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.model.CallOutcome;
import org.jspecify.annotations.Nullable;

/** What came of one posted request. */
sealed interface HttpReply {

  /** The answer to this very request, with status 200. */
  record Answered(HttpHead head, ServerMessage.Response response) implements HttpReply {}

  /**
   * Another status.
   *
   * @param response the JSON-RPC answer in the body, or null if it holds none
   */
  record Turned(HttpHead head, ServerMessage.@Nullable Response response) implements HttpReply {}

  /** No valid answer. */
  record NoAnswer(CallOutcome.Failed failure) implements HttpReply {}
}
