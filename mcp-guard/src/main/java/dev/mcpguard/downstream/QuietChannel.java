package dev.mcpguard.downstream;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReplyChannel;
import org.jspecify.annotations.Nullable;

/** A client that hears nothing before the answer: progress and questions cannot be redacted. */
record QuietChannel(ReplyChannel client) implements ReplyChannel {
  @Override
  public void notification(JsonObject message) {}

  @Override
  public @Nullable JsonObject request(String method, JsonObject params) {
    return null;
  }

  @Override
  public boolean mute() {
    return true;
  }

  @Override
  public void onCancel(Runnable hook) {
    client.onCancel(hook);
  }

  @Override
  public boolean cancelled() {
    return client.cancelled();
  }
}
