package dev.mcpguard.front;

import dev.mcpguard.model.ReplyChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The half of a {@link ReplyChannel} that every transport shares: being cancelled. Thread-safe. */
public abstract class CancellableReply implements ReplyChannel {
  private static final Logger LOG = LoggerFactory.getLogger(CancellableReply.class);

  private final Object lock = new Object();
  private final List<Runnable> hooks = new ArrayList<>();
  private boolean cancelled;

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
