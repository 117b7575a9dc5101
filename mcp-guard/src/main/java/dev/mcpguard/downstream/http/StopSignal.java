package dev.mcpguard.downstream.http;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReplyChannel;
import org.jspecify.annotations.Nullable;

/** The guard itself as a client that leaves when it is stopped. Thread-safe. */
final class StopSignal implements ReplyChannel {
  private @Nullable Runnable hook;
  private boolean stopped;

  @Override
  public void notification(JsonObject message) {}

  @Override
  public @Nullable JsonObject request(String method, JsonObject params) {
    return null;
  }

  @Override
  public void onCancel(Runnable latest) {
    boolean now;
    synchronized (this) {
      hook = latest;
      now = stopped;
    }
    if (now) {
      latest.run();
    }
  }

  @Override
  public synchronized boolean cancelled() {
    return stopped;
  }

  void stop() {
    Runnable waiting;
    synchronized (this) {
      stopped = true;
      waiting = hook;
    }
    if (waiting != null) {
      waiting.run();
    }
  }
}
