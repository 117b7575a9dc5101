package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.ReplyChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that keeps what it is told and can leave. */
public class RecordingChannel implements ReplyChannel {
  private final List<String> notifications = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Runnable> hooks = new ArrayList<>();
  private final @Nullable JsonObject answer;
  private boolean cancelled;

  /** A client that cannot be asked. */
  public RecordingChannel() {
    this(null);
  }

  /** A client that answers every request so. */
  public RecordingChannel(@Nullable JsonObject answer) {
    this.answer = answer;
  }

  @Override
  public synchronized void notification(JsonObject message) {
    notifications.add(JsonText.text(message));
  }

  @Override
  public synchronized @Nullable JsonObject request(String method, JsonObject params) {
    requests.add(method + " " + JsonText.text(params));
    return answer;
  }

  @Override
  public void onCancel(Runnable hook) {
    boolean now;
    synchronized (this) {
      hooks.add(hook);
      now = cancelled;
    }
    if (now) {
      hook.run();
    }
  }

  @Override
  public synchronized boolean cancelled() {
    return cancelled;
  }

  /** The client leaves. */
  public void cancel() {
    List<Runnable> waiting;
    synchronized (this) {
      cancelled = true;
      waiting = List.copyOf(hooks);
    }
    waiting.forEach(Runnable::run);
  }

  /** What it was told. */
  public synchronized List<String> notifications() {
    return List.copyOf(notifications);
  }

  /** What it was asked. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }
}
