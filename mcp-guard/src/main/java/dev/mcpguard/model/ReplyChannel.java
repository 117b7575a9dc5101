package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What can flow between a running call and its client besides the final answer. Called on the thread
 * of the call; implementations belong to the front. Ids and tokens in messages are already the
 * client's own.
 */
public interface ReplyChannel {

  /** Relays a notification about this call ({@code notifications/progress}, {@code message}). */
  void notification(JsonObject message);

  /**
   * Asks the client for something mid-call (legacy sampling, elicitation, roots) and waits.
   *
   * @param method the method
   * @param params its parameters
   * @return the client's response object ({@code result} or {@code error}), or null if this client
   *     cannot be asked
   */
  @Nullable JsonObject request(String method, JsonObject params);

  /** Whether this client may hear nothing of a call before its answer. */
  default boolean mute() {
    return false;
  }

  /** Runs {@code hook} once when the client cancels or leaves; at once if it already did. */
  void onCancel(Runnable hook);

  /** Whether the client cancelled or left. */
  boolean cancelled();

  /** A channel that drops notifications and answers nothing. */
  ReplyChannel NONE =
      new ReplyChannel() {
        @Override
        public void notification(JsonObject message) {}

        @Override
        public @Nullable JsonObject request(String method, JsonObject params) {
          return null;
        }

        @Override
        public void onCancel(Runnable hook) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };
}
