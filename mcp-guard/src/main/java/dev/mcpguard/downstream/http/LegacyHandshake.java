package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.HeaderValue;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;

/** Opens and ends sessions of the revisions with an {@code initialize} handshake. Thread-safe. */
final class LegacyHandshake {
  private final HttpSender sender;
  private final RequestIds ids;

  LegacyHandshake(HttpSender sender, RequestIds ids) {
    this.sender = sender;
    this.ids = ids;
  }

  Opening<LegacySession> open(Caller caller, Deadline deadline) {
    ProtocolVersion version =
        caller.version().modern() ? ProtocolVersion.LATEST_LEGACY : caller.version();
    JsonObject params =
        JsonObject.builder()
            .put("protocolVersion", version.text())
            .put("capabilities", caller.capabilities())
            .put("clientInfo", Envelope.guardInfo())
            .build();
    ServerRequest request = ServerRequest.own("initialize", params, caller, deadline);
    long id = ids.next();
    CallRelay relay = new CallRelay(request, id, ReplyChannel.NONE, ServerEvents.NONE);
    RpcExchange exchange =
        new RpcExchange(id, deadline, relay, RpcExchange.StreamPeer.NONE, sender.limits());
    try (OpenAnswer answer =
        sender.post(
            LegacyWire.NO_HEADERS, Envelope.legacy(request, id), deadline, ReplyChannel.NONE)) {
      return opening(exchange.read(answer), deadline);
    }
  }

  private Opening<LegacySession> opening(HttpReply reply, Deadline deadline) {
    if (reply instanceof HttpReply.Answered answered && answered.response().result() != null) {
      return agreed(answered.head(), answered.response().result(), deadline);
    }
    if (reply instanceof HttpReply.Turned turned) {
      int status = turned.head().status();
      if (status == 400 || status == 404 || status == 405) {
        return new Opening.Unspoken<>("the server refuses initialize with status " + status);
      }
    }
    if (reply instanceof HttpReply.Answered) {
      return new Opening.Unspoken<>("the server refuses initialize");
    }
    return new Opening.NotReady<>(
        HttpVerdict.outcome(reply) instanceof CallOutcome.Failed failed
            ? Failures.notSent(failed.reason(), "no session: " + failed.detail())
            : Failures.unreachable("no session"));
  }

  private Opening<LegacySession> agreed(HttpHead head, JsonObject result, Deadline deadline) {
    String text = result.string("protocolVersion");
    ProtocolVersion version = text == null ? null : ProtocolVersion.ofText(text);
    JsonObject capabilities = result.object("capabilities");
    if (version == null || version.modern() || capabilities == null) {
      return invalid("the server answered initialize with no version the guard speaks");
    }
    String session = head.session();
    if (session != null && (!HeaderValue.sendable(session) || session.length() > 1024)) {
      return invalid("the server gave a session id that is no visible text");
    }
    LegacySession opened = new LegacySession(session, version, capabilities);
    byte[] initialized = Envelope.notification("notifications/initialized", null);
    return notify(opened, initialized, deadline)
        ? new Opening.Ready<>(opened)
        : invalid("the server did not accept the end of the handshake");
  }

  private static Opening<LegacySession> invalid(String detail) {
    return new Opening.NotReady<>(
        Failures.notSent(ReasonCode.DOWNSTREAM_INVALID, detail));
  }

  /** Posts a notification or response; true if the server took it. */
  boolean notify(LegacySession session, byte[] message, Deadline deadline) {
    try (OpenAnswer answer =
        sender.post(session.headers(), message, deadline, ReplyChannel.NONE)) {
      return answer.first() instanceof Inbound.Whole whole
          && whole.head().status() >= 200
          && whole.head().status() < 300;
    }
  }

  /** Tells the server that a session is not needed any more; its answer does not matter. */
  void end(LegacySession session) {
    if (session.id() == null) {
      return;
    }
    Deadline soon = Deadline.in(Duration.ofSeconds(2));
    try (OpenAnswer ignored =
        sender.bare(HttpMethod.DELETE, session.headers(), soon, ReplyChannel.NONE)) {
      ignored.first();
    }
  }
}
