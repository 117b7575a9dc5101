package dev.mcpguard.front.http;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one time-out of a connection. Setting it costs no timer: the running timer looks again when it
 * fires. Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class Deadline {
  private static final long NONE = Long.MAX_VALUE;

  private final ChannelHandlerContext context;
  private long due = NONE;
  private boolean armed;
  private long armedFor;

  Deadline(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Closes the connection unless another deadline is set, or it is cleared, by then. */
  void set(Duration from) {
    due = System.nanoTime() + from.toNanos();
    if (!armed || armedFor - due > 0) {
      arm(due);
    }
  }

  void clear() {
    due = NONE;
  }

  private void arm(long at) {
    armed = true;
    armedFor = at;
    long delay = Math.max(1, at - System.nanoTime());
    context.executor().schedule(() -> fire(at), delay, TimeUnit.NANOSECONDS);
  }

  private void fire(long at) {
    if (at != armedFor) {
      return; // an earlier timer took over
    }
    armed = false;
    if (due == NONE || !context.channel().isOpen()) {
      return;
    }
    if (System.nanoTime() - due >= 0) {
      context.close();
    } else {
      arm(due);
    }
  }
}
