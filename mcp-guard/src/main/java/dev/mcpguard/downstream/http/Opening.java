package dev.mcpguard.downstream.http;

import dev.mcpguard.model.CallOutcome;

/**
 * How opening a session or link at a server ended.
 *
 * @param <T> what was opened
 */
sealed interface Opening<T> {
  /** It can be used. */
  record Ready<T>(T opened) implements Opening<T> {}

  /** The server does not speak these revisions, by its own word. */
  record Unspoken<T>(String detail) implements Opening<T> {}

  /** None now; nothing of the call was sent. */
  record NotReady<T>(CallOutcome.Failed failure) implements Opening<T> {}
}
