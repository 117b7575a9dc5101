package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReplyChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event stream of a server of 2024-11-05 and the address to post to beside it, used for one
 * caller. A thread of its own reads the stream; when it ends every waiting call is told. Thread-safe.
 */
final class SseLink implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration POSTING = Duration.ofSeconds(10);

  /** What a waiting call is told. */
  sealed interface Heard {
    /** The server said something for this call. */
    record Said(ServerMessage message) implements Heard {}

    /** Nothing more will come. */
    record Over(CallOutcome.Failed failure) implements Heard {}
  }

  /** A call that waits: what it heard, and how it relays. */
  private record Waiting(LinkedBlockingQueue<Heard> heard, CallRelay relay) {}

  private final HttpSender sender;
  private final ServerEvents events;
  private final JsonLimits limits;
  private final StopSignal stop;
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final String target;
  private volatile CallOutcome.@Nullable Failed over;

  /**
   * @param target where to post, of the server's own origin
   * @param stop ends the stream
   */
  SseLink(HttpSender sender, ServerEvents events, String target, StopSignal stop) {
    this.sender = sender;
    this.events = events;
    this.target = target;
    this.stop = stop;
    this.limits = JsonLimits.message().withBytes(sender.limits().answerBytes());
  }

  boolean alive() {
    return over == null;
  }

  /** Reads the open stream until it ends; runs on a thread of its own. */
  void read(OpenAnswer stream, EventStream parsed) {
    Deadline end = Deadline.in(LONGEST);
    CallOutcome.Failed failure;
    try (stream) {
      failure = listen(stream, parsed, end);
    } catch (RuntimeException bug) {
      failure = Failures.lost("the reader of the stream failed: " + bug.getClass().getName());
    }
    finish(failure);
  }

  private CallOutcome.Failed listen(OpenAnswer stream, EventStream parsed, Deadline end) {
    while (true) {
      EventStream.Event event = parsed.poll();
      if (event == null) {
        Inbound next = stream.next(end);
        if (!(next instanceof Inbound.Data data)) {
          return next instanceof Inbound.Ended
              ? Failures.lost("the server ended its event stream")
              : stream.failure(next);
        }
        if (!parsed.feed(data.bytes())) {
          return Failures.invalid("a message of the stream is too long");
        }
      } else if (event.message()) {
        ServerMessage message = ServerMessage.read(event.data(), limits);
        if (message instanceof ServerMessage.Unreadable unreadable) {
          return Failures.invalid(unreadable.problem());
        }
        dispatch(message);
      }
    }
  }

  private void finish(CallOutcome.Failed failure) {
    synchronized (this) {
      if (over != null) {
        return;
      }
      over = failure;
    }
    waiting.values().forEach(call -> call.heard().add(new Heard.Over(failure)));
  }

  private void dispatch(ServerMessage message) {
    switch (message) {
      case ServerMessage.Response response -> answered(response);
      case ServerMessage.Notification notification -> notified(notification);
      case ServerMessage.Request asked ->
          Thread.ofVirtual().name("sse-answer").start(() -> respond(asked));
      case ServerMessage.Unreadable unreadable -> {}
    }
  }

  private void answered(ServerMessage.Response response) {
    Long id = response.id() instanceof JsonNumber number ? number.longValue() : null;
    // INVARIANT: removed with its first answer, so a second one finds nobody
    Waiting call = id == null || !response.answers(id) ? null : waiting.remove(id);
    if (call != null) {
      call.heard().add(new Heard.Said(response));
    }
  }

  private void notified(ServerMessage.Notification notification) {
    String method = notification.method();
    String uri = notification.params().string("uri");
    String token = notification.params().string("progressToken");
    if (method.startsWith("notifications/") && method.endsWith("/list_changed")) {
      events.listChanged(method.split("/", 3)[1]);
    } else if (method.equals("notifications/resources/updated") && uri != null) {
      events.resourceUpdated(uri);
    } else if (token != null) {
      Waiting call = waiting.get(Envelope.idOfProgressToken(token));
      if (call != null) {
        call.heard().add(new Heard.Said(notification));
      }
    }
  }

  /** Nothing says which call a question belongs to: it is put only while one call runs alone. */
  private void respond(ServerMessage.Request asked) {
    Waiting[] calls = waiting.values().toArray(Waiting[]::new);
    JsonObject answer;
    if (asked.method().equals("ping")) {
      answer = JsonObject.builder().put("result", JsonObject.of()).build();
    } else {
      answer = calls.length == 1 ? calls[0].relay().answer(asked) : CallRelay.refused();
    }
    post(Envelope.response(asked.id(), answer), Deadline.in(POSTING), ReplyChannel.NONE);
  }

  /** Registers a call before it is posted. */
  LinkedBlockingQueue<Heard> await(long id, CallRelay relay) {
    LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    waiting.put(id, new Waiting(heard, relay));
    CallOutcome.Failed ended = over;
    if (ended != null) {
      heard.add(new Heard.Over(ended));
    }
    return heard;
  }

  void forget(long id) {
    waiting.remove(id);
  }

  static @Nullable Heard next(LinkedBlockingQueue<Heard> heard, Deadline deadline) {
    try {
      return heard.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Heard.Over(Failures.abandoned(true));
    }
  }

  /** How a post ended: null if the server took it. */
  CallOutcome.@Nullable Failed post(byte[] message, Deadline deadline, ReplyChannel client) {
    try (OpenAnswer answer = sender.post(target, Map.of(), message, deadline, client)) {
      return switch (answer.first()) {
        case Inbound.Whole whole -> refused(whole.head().status());
        case Inbound.Opened opened -> Failures.invalid("a stream answers a posted message");
        case null -> answer.failure(null);
        case Inbound other -> answer.failure(other);
      };
    }
  }

  private static CallOutcome.@Nullable Failed refused(int status) {
    if (status >= 200 && status < 300) {
      return null;
    }
    String detail = "the server answered a posted message with http status " + status;
    return status == 400 || status == 404
        ? Failures.unreachable(detail) // a session it does not know: the message was not looked at
        : Failures.lost(detail);
  }

  /** Tells the server that a call is not waited for any more. */
  void cancel(long id) {
    Thread.ofVirtual()
        .name("cancel")
        .start(() -> post(Envelope.cancelled(id), Deadline.in(POSTING), ReplyChannel.NONE));
  }

  @Override
  public void close() {
    finish(Failures.lost("the link to the server was closed"));
    stop.stop();
  }
}
