package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.HeaderValue;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The revisions with sessions, 2025-03-26 to 2025-11-25. */
final class LegacyWire {
  static final Map<String, String> NO_HEADERS = Map.of();

  private final HttpSender sender;
  private final LegacyHandshake handshake;
  private final PerCaller<LegacySession> sessions;
  private final RequestIds ids;
  private final ServerEvents events;
  private final boolean parks;
  private final SessionStreams streams;

  LegacyWire(
      HttpSender sender,
      LegacyHandshake handshake,
      PerCaller<LegacySession> sessions,
      RequestIds ids,
      ServerEvents events,
      boolean parks) {
    this.sender = sender;
    this.handshake = handshake;
    this.sessions = sessions;
    this.ids = ids;
    this.events = events;
    this.parks = parks;
    this.streams = new SessionStreams(sender, handshake, ids, events);
  }

  /** The caller's session, or why there is none. */
  Opening<LegacySession> session(ServerRequest request) {
    return sessions.find(request.caller().withSession(parks), request.deadline());
  }

  CallOutcome send(ServerRequest request, LegacySession session, ReplyChannel client) {
    CallOutcome.Failed stray = Failures.strayState(request.params());
    if (stray != null) {
      return stray;
    }
    HttpReply reply = exchange(request, session, client);
    if (doubtful(reply, session)) {
      sessions.lost(request.caller().withSession(parks), session);
    }
    if (!dead(reply, session)) {
      return HttpVerdict.outcome(reply);
    }
    // a 404 to a request with a session id says that the request was not looked at (protocol.md 4)
    return switch (session(request)) {
      case Opening.Ready<LegacySession>(LegacySession again) ->
          HttpVerdict.outcome(exchange(request, again, client));
      case Opening.NotReady<LegacySession> none -> none.failure();
      case Opening.Unspoken<LegacySession> none -> Failures.unreachable(none.detail());
    };
  }

  /** Reads the stream on which the server speaks outside of any call, until it ends. */
  HttpReply listen(ServerRequest request, LegacySession session, ReplyChannel client) {
    long id = ids.next();
    CallRelay relay = new CallRelay(request, id, client, events);
    Peer peer = new Peer(session, relay, request.deadline(), client);
    RpcExchange exchange =
        new RpcExchange(id, request.deadline(), relay, peer, sender.limits());
    Map<String, String> headers = session.headers();
    headers.put("Accept", "text/event-stream");
    try (OpenAnswer answer =
        sender.bare(HttpMethod.GET, headers, request.deadline(), client)) {
      return exchange.read(answer);
    }
  }

  /** Some servers say 400 where the session is gone: the next call begins anew. */
  private static boolean doubtful(HttpReply reply, LegacySession session) {
    return session.id() != null
        && reply instanceof HttpReply.Turned turned
        && (turned.head().status() == 400 || turned.head().status() == 404);
  }

  private static boolean dead(HttpReply reply, LegacySession session) {
    return session.id() != null
        && reply instanceof HttpReply.Turned turned
        && turned.head().status() == 404;
  }

  private HttpReply exchange(ServerRequest request, LegacySession session, ReplyChannel client) {
    long id = ids.next();
    CallRelay relay = new CallRelay(request, id, client, events);
    Peer peer = new Peer(session, relay, request.deadline(), client);
    RpcExchange exchange =
        new RpcExchange(id, request.deadline(), relay, peer, sender.limits());
    HttpReply reply;
    byte[] body = Envelope.legacy(request, id);
    try (SessionStreams.Seat seat =
            streams.join(
                session, request.caller().withSession(parks), relay, request.deadline());
        OpenAnswer answer = sender.post(session.headers(), body, request.deadline(), client)) {
      reply = exchange.read(answer);
    }
    if (reply instanceof HttpReply.NoAnswer none && stillRunning(none.failure())) {
      cancel(session, id);
    }
    return reply;
  }

  private static boolean stillRunning(CallOutcome.Failed failure) {
    return failure.fate() == Fate.UNKNOWN
        && (failure.reason() == ReasonCode.CLIENT_GONE
            || failure.reason() == ReasonCode.DOWNSTREAM_TIMEOUT);
  }

  private void cancel(LegacySession session, long id) {
    byte[] cancelled = Envelope.cancelled(id);
    Thread.ofVirtual()
        .name("cancel")
        .start(
            () -> handshake.notify(session, cancelled, Deadline.in(Duration.ofSeconds(2))));
  }

  /** This side of a stream: answers the server's requests and reopens what it closed early. */
  private final class Peer implements RpcExchange.StreamPeer {
    private final LegacySession session;
    private final CallRelay relay;
    private final Deadline deadline;
    private final ReplyChannel client;

    Peer(LegacySession session, CallRelay relay, Deadline deadline, ReplyChannel client) {
      this.session = session;
      this.relay = relay;
      this.deadline = deadline;
      this.client = client;
    }

    @Override
    public boolean respond(ServerMessage.Request asked) {
      handshake.notify(session, Envelope.response(asked.id(), relay.answer(asked)), deadline);
      return true;
    }

    @Override
    public @Nullable OpenAnswer resume(String lastEvent) {
      if (session.id() == null || deadline.passed() || !HeaderValue.sendable(lastEvent)) {
        return null;
      }
      Map<String, String> headers = session.headers();
      headers.put("Last-Event-ID", lastEvent);
      headers.put("Accept", "text/event-stream");
      return sender.bare(HttpMethod.GET, headers, deadline, client);
    }
  }
}
