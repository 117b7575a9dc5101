package dev.mcpguard.downstream.http;

/** What the event loop tells the thread of a call. */
sealed interface Inbound {

  /** The whole answer. */
  record Whole(HttpHead head, byte[] body) implements Inbound {}

  /** The answer is a stream; data follows. */
  record Opened(HttpHead head) implements Inbound {}

  /** A piece of the stream. */
  record Data(byte[] bytes) implements Inbound {}

  /** The stream ended properly. */
  record Ended() implements Inbound {}

  /**
   * Nothing more will come.
   *
   * @param broken whether the server broke the rules, else the connection was lost
   */
  record Broken(boolean broken, String detail) implements Inbound {}

  /** The connection was closed before a byte of the request was written: another may be tried. */
  record NotSent() implements Inbound {}

  /** The client cancelled or left. */
  record Cancelled() implements Inbound {}
}
