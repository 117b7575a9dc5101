package dev.mcpguard.downstream.bridge;

import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.MetaKeys;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReplyChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call at a server with sessions that outlives the request that began it. The server's questions
 * stop its thread until a later request of the same client answers them; what the server tells flows
 * to whichever request is there. Ends at the deadline of the call. Thread-safe.
 */
final class HeldCall implements ReplyChannel {
  /** What the call came to next. */
  sealed interface Next {
    /** The server asks. */
    record Asks(String method, JsonObject params) implements Next {}

    /** The call is over. */
    record Ended(CallOutcome outcome) implements Next {}
  }

  private final Instant deadline;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Next> next = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
  private final List<Runnable> hooks = new ArrayList<>();
  private @Nullable ReplyChannel client;
  private @Nullable JsonValue progressToken;
  private Next.@Nullable Asks question;
  private boolean cancelled;

  HeldCall(Instant deadline, InstantSource clock) {
    this.deadline = deadline;
    this.clock = clock;
  }

  Instant deadline() {
    return deadline;
  }

  /** From now on the request behind {@code channel} is the client's end; its leaving cancels. */
  void attach(ReplyChannel channel, @Nullable JsonValue token) {
    synchronized (this) {
      client = channel;
      progressToken = token;
    }
    channel.onCancel(() -> left(channel));
  }

  private void left(ReplyChannel channel) {
    boolean here;
    synchronized (this) {
      here = client == channel;
    }
    if (here) {
      cancel();
    }
  }

  private void cancel() {
    List<Runnable> due;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(hooks);
    }
    due.forEach(Runnable::run);
    answers.add(JsonObject.of());
  }

  /** The request is answered and gone; its client will come back, or the deadline passes. */
  synchronized void park(Next.Asks asked) {
    client = null;
    question = asked;
  }

  /** What the client was last asked. */
  synchronized Next.@Nullable Asks question() {
    return question;
  }

  /** Waits for what the call comes to. */
  Next await() {
    try {
      return next.take();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      cancel();
      return new Next.Ended(Failures.abandoned(true));
    }
  }

  /** The call is over. */
  void ended(CallOutcome outcome) {
    next.add(new Next.Ended(outcome));
  }

  /** Answers the server's question; without a result it is told that nobody can be asked. */
  void answer(@Nullable JsonObject result) {
    answers.add(
        result == null
            ? JsonObject.of()
            : JsonObject.builder().put("result", result).build());
  }

  @Override
  public @Nullable JsonObject request(String method, JsonObject params) {
    answers.clear();
    if (cancelled()) {
      return null;
    }
    next.add(new Next.Asks(method, params));
    try {
      long left = Duration.between(clock.instant(), deadline).toMillis();
      JsonObject answer = answers.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
      return answer == null || !answer.has("result") ? null : answer;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void notification(JsonObject message) {
    ReplyChannel to;
    JsonValue token;
    synchronized (this) {
      to = client;
      token = progressToken;
    }
    JsonObject params = message.object("params");
    if (to == null || params == null || !params.has(MetaKeys.PROGRESS_TOKEN)) {
      if (to != null) {
        to.notification(message);
      }
    } else if (token != null) {
      // each request of the client has a token of its own
      to.notification(message.with("params", params.with(MetaKeys.PROGRESS_TOKEN, token)));
    }
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
}
