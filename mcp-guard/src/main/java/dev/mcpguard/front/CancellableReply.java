package dev.mcpguard.front;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReplyChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The half of a {@link ReplyChannel} that every transport shares: being cancelled. Thread-safe. */
public abstract class CancellableReply implements ReplyChannel {
  private static final Logger LOG = LoggerFactory.getLogger(CancellableReply.class);

  private static final Duration AS_LONG_AS_ALLOWED = Duration.ofDays(1);

  private final Object lock = new Object();
  private final List<Runnable> hooks = new ArrayList<>();
  private boolean cancelled;

  /**
   * Asks as {@link #request} does, but waits no longer than {@code patience}.
   *
   * @return the client's response object, or null if it cannot be asked or is silent
   */
  public abstract @Nullable JsonObject ask(String method, JsonObject params, Duration patience);

  @Override
  public final @Nullable JsonObject request(String method, JsonObject params) {
    return ask(method, params, AS_LONG_AS_ALLOWED);
  }

  /** Cancels the call: runs every hook once. Safe to call again. */
  public final void cancel() {
    List<Runnable> due;
    synchronized (lock) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(hooks);
      hooks.clear();
    }
    due.forEach(CancellableReply::run);
  }

  @Override
  public final void onCancel(Runnable hook) {
    synchronized (lock) {
      if (!cancelled) {
        hooks.add(hook);
        return;
      }
    }
    run(hook);
  }

  @Override
  public final boolean cancelled() {
    synchronized (lock) {
      return cancelled;
    }
  }

  private static void run(Runnable hook) {
    try {
      hook.run();
    } catch (RuntimeException bug) {
      LOG.error("a cancellation hook failed", bug);
    }
  }
}
