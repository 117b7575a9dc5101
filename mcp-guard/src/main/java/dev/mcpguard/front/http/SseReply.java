package dev.mcpguard.front.http;

import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a message posted beside an event stream: everything goes on the stream, and the post
 * itself is accepted at once when something does, or when its answer takes a while. Thread-safe.
 */
final class SseReply extends CancellableReply {
  /** Long enough to verify a token, short enough for clients that wait for the status. */
  private static final long SOON_MILLIS = 2_000;

  private static final JsonValue VERSION = new JsonString("2.0");

  private final HttpReply post;
  private final Session session;
  private final Duration longest;
  private final AtomicBoolean told = new AtomicBoolean();

  SseReply(HttpReply post, Session session, Duration longest) {
    this.post = post;
    this.session = session;
    this.longest = longest;
  }

  /** Accepts the post if nothing else told its status by then. */
  void acceptSoon() {
    post.later(this::accept, SOON_MILLIS);
  }

  /** Accepts the post, once. */
  void accept() {
    if (claim()) {
      post.send(Responses.bare(202));
    }
  }

  /** Whether the status of the post is the caller's to tell: true once. */
  boolean claim() {
    return told.compareAndSet(false, true);
  }

  /** The answer, on the stream. */
  void answer(JsonObject body) {
    session.say(body);
    accept();
  }

  @Override
  public void notification(JsonObject message) {
    if (!cancelled()) {
      accept();
      session.say(message.has("jsonrpc") ? message : message.with("jsonrpc", VERSION));
    }
  }

  @Override
  public @Nullable JsonObject ask(String method, JsonObject params, Duration patience) {
    accept();
    Duration wait = patience.compareTo(longest) < 0 ? patience : longest;
    return session.conversation().ask(this, method, params, session::say, wait);
  }
}
