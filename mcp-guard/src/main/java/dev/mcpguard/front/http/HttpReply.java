package dev.mcpguard.front.http;

import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The reply to one request. It becomes an event stream only when something must precede the answer
 * and the client takes streams. One event is on its way at a time: a slow reader slows its own call
 * and, past the write time-out, loses the connection. Used by the request's virtual thread, and by one
 * that asks the client for its server; {@link #left} comes from the event loop.
 */
final class HttpReply extends CancellableReply {
  private final Outlet outlet;
  private final HttpLimits limits;
  private final boolean streams;
  private final AtomicBoolean open = new AtomicBoolean();
  private volatile boolean gone;
  private volatile boolean leavingCancels;
  private volatile @Nullable Conversation conversation;

  HttpReply(Outlet outlet, HttpLimits limits, boolean streams) {
    this.outlet = outlet;
    this.limits = limits;
    this.streams = streams;
  }

  /** From now on the client's leaving cancels the call: the modern rule. */
  void cancelOnLeave() {
    leavingCancels = true;
    if (gone) {
      cancel();
    }
  }

  /** The call belongs to this conversation, whose client may be asked. */
  void within(Conversation value) {
    conversation = value;
  }

  /** The client is gone. */
  void left() {
    gone = true;
    if (leavingCancels) {
      cancel();
    }
  }

  @Override
  public void notification(JsonObject message) {
    if (streams && !gone && !cancelled()) {
      event(message.has("jsonrpc") ? message : versioned(message));
    }
  }

  @Override
  public @Nullable JsonObject ask(String method, JsonObject params, Duration patience) {
    Conversation with = conversation;
    if (with == null || !streams || gone) {
      return null;
    }
    Duration longest = patience.compareTo(limits.ask()) < 0 ? patience : limits.ask();
    return with.ask(this, method, params, this::event, longest);
  }

  /** Whether the answer has become an event stream. */
  boolean streaming() {
    return open.get();
  }

  /** Sends the whole answer, which is not a stream. */
  void send(FullHttpResponse response) {
    if (open.get()) {
      response.release();
      outlet.endStream();
    } else {
      outlet.send(response, false);
    }
  }

  /** Runs {@code task} on the event loop after this long. */
  void later(Runnable task, long millis) {
    outlet.later(task, millis);
  }

  /** Sends the answer as the last event of a stream. */
  void last(JsonObject message) {
    event(message);
    outlet.endStream();
  }

  /** Nothing more is said: the connection is dropped. */
  void abort() {
    outlet.abort();
  }

  /** Turns the reply into a stream that outlives the request; it is still to begin. */
  EventStream detach() {
    open.set(true);
    return new EventStream(outlet);
  }

  /** In turn: a question of the server may come from another thread than the call's. */
  private synchronized void event(JsonObject message) {
    if (open.compareAndSet(false, true)) {
      outlet.openStream(Outlet.streamHead(), () -> {});
    }
    ChannelFuture taken = outlet.event("message", JsonText.text(message));
    if (!taken.awaitUninterruptibly(limits.write().toMillis())) {
      outlet.abort();
    }
  }

  private static JsonObject versioned(JsonObject message) {
    JsonObject.Builder whole = JsonObject.builder().put("jsonrpc", "2.0");
    message.members().forEach(whole::put);
    return whole.build();
  }
}
