package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.http.HttpReply.Answered;
import dev.mcpguard.downstream.http.HttpReply.NoAnswer;
import dev.mcpguard.downstream.http.HttpReply.Turned;
import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to one posted request: one JSON document, or a stream whose notifications are
 * relayed as they come. One per request, on the thread of the call.
 */
final class RpcExchange {
  /** How long a stream may stay open after its answer before the connection is given up. */
  private static final Duration GRACE = Duration.ofMillis(50);

  private static final int MOST_RESUMES = 10;

  private final long id;
  private final Deadline deadline;
  private final CallRelay relay;
  private final StreamPeer peer;
  private final JsonLimits limits;
  private EventStream events;
  private @Nullable String lastEvent;

  RpcExchange(long id, Deadline deadline, CallRelay relay, StreamPeer peer, HttpLimits bounds) {
    this.id = id;
    this.deadline = deadline;
    this.relay = relay;
    this.peer = peer;
    this.limits = JsonLimits.message().withBytes(bounds.answerBytes());
    this.events = new EventStream(bounds.answerBytes());
  }

  /** What a stream may ask of this side. */
  interface StreamPeer {

    /** Answers a request of the server; false where the revision knows none. */
    boolean respond(ServerMessage.Request asked);

    /** Reopens a stream that ended early, or null where that cannot be. */
    @Nullable OpenAnswer resume(String lastEvent);

    /** A revision whose streams carry no requests and cannot be resumed. */
    StreamPeer NONE =
        new StreamPeer() {
          @Override
          public boolean respond(ServerMessage.Request asked) {
            return false;
          }

          @Override
          public @Nullable OpenAnswer resume(String lastEvent) {
            return null;
          }
        };
  }

  HttpReply read(OpenAnswer answer) {
    Inbound first = answer.first();
    return switch (first) {
      case Inbound.Whole whole -> whole(whole);
      case Inbound.Opened opened -> stream(answer, opened.head(), MOST_RESUMES);
      case null -> new NoAnswer(answer.failure(null));
      case Inbound other -> new NoAnswer(answer.failure(other));
    };
  }

  private HttpReply whole(Inbound.Whole whole) {
    HttpHead head = whole.head();
    boolean json = head.contentType().equals("application/json");
    ServerMessage message = json ? ServerMessage.read(whole.body(), limits) : null;
    if (head.status() != 200) {
      return turned(head, message);
    }
    return switch (message) {
      case ServerMessage.Response response when response.answers(id) ->
          new Answered(head, response);
      case ServerMessage.Response response -> invalid("the answer has another id");
      case ServerMessage.Unreadable unreadable -> invalid(unreadable.problem());
      case null -> invalid("the answer is neither json nor an event stream");
      case ServerMessage other -> invalid("the answer is no response");
    };
  }

  private HttpReply turned(HttpHead head, @Nullable ServerMessage message) {
    if (!(message instanceof ServerMessage.Response response)) {
      return new Turned(head, null);
    }
    return response.answers(id) || response.id() == JsonNull.NULL
        ? new Turned(head, response)
        : invalid("the answer has another id");
  }

  private HttpReply stream(OpenAnswer answer, HttpHead head, int resumesLeft) {
    while (true) {
      EventStream.Event event = events.poll();
      if (event == null) {
        Inbound next = answer.next(deadline);
        if (next instanceof Inbound.Data data) {
          if (!events.feed(data.bytes())) {
            return invalid("a message of the stream is too long");
          }
          continue;
        }
        return interrupted(answer, next, head, resumesLeft);
      }
      lastEvent = event.id() == null ? lastEvent : event.id();
      HttpReply reply = event.message() ? message(event.data(), head) : null;
      if (reply != null) {
        return reply instanceof Answered ? sole(answer, reply) : reply;
      }
    }
  }

  private @Nullable HttpReply message(byte[] data, HttpHead head) {
    return switch (ServerMessage.read(data, limits)) {
      case ServerMessage.Response response when response.answers(id) ->
          new Answered(head, response);
      case ServerMessage.Response response -> invalid("the stream has an answer with another id");
      case ServerMessage.Unreadable unreadable -> invalid(unreadable.problem());
      case ServerMessage.Notification notification ->
          relay.notification(notification) ? null : invalid("too many notifications");
      case ServerMessage.Request asked ->
          peer.respond(asked) ? null : invalid("a request on a stream that may have none");
    };
  }

  /** The answer ends the stream: whatever else comes at once shows that the server lies. */
  private HttpReply sole(OpenAnswer answer, HttpReply answered) {
    Deadline grace = deadline.within(GRACE);
    while (true) {
      EventStream.Event extra = events.poll();
      if (extra != null && extra.message()) {
        return invalid("the stream goes on after its answer");
      }
      Inbound next = extra == null ? answer.next(grace) : new Inbound.Data(new byte[0]);
      if (!(next instanceof Inbound.Data data)) {
        return answered;
      }
      if (!events.feed(data.bytes())) {
        return invalid("the stream goes on after its answer");
      }
    }
  }

  private HttpReply interrupted(
      OpenAnswer answer, @Nullable Inbound event, HttpHead head, int resumesLeft) {
    boolean ended = event instanceof Inbound.Ended;
    boolean lost = event instanceof Inbound.Broken broken && !broken.broken();
    String from = lastEvent;
    if (from == null || from.isEmpty() || resumesLeft == 0 || !(ended || lost)) {
      return new NoAnswer(answer.failure(event));
    }
    // what comes while waiting can only be that the client left
    Inbound meanwhile = answer.next(deadline.within(events.retry()));
    if (meanwhile instanceof Inbound.Cancelled || deadline.passed()) {
      return new NoAnswer(answer.failure(meanwhile));
    }
    try (OpenAnswer resumed = peer.resume(from)) {
      if (resumed == null || !(resumed.first() instanceof Inbound.Opened)) {
        return new NoAnswer(answer.failure(event));
      }
      events = new EventStream(limits.bytes());
      return stream(resumed, head, resumesLeft - 1);
    }
  }

  private static NoAnswer invalid(String problem) {
    return new NoAnswer(Failures.invalid(problem));
  }
}
