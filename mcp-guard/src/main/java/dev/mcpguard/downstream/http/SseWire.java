package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Servers that speak only the transport of 2024-11-05: an event stream, and an address beside it. The
 * address must be of the server's own origin, no redirect is followed, and each link serves one
 * caller. Thread-safe.
 */
final class SseWire implements AutoCloseable {
  /** Each holds a connection. */
  private static final int MOST_LINKS = 128;

  private final RequestIds ids;
  private final PerCaller<SseHandshake.Joined> links;

  SseWire(HttpSender sender, RequestIds ids, ServerEvents events) {
    this.ids = ids;
    SseHandshake handshake = new SseHandshake(sender, this, events);
    this.links =
        new PerCaller<>(
            handshake::open, each -> each.link().alive(), each -> each.link().close(), MOST_LINKS);
  }

  /** The caller's link, opened now if there is none. */
  Opening<SseHandshake.Joined> link(ServerRequest request) {
    return links.find(request.caller().withSession(false), request.deadline());
  }

  CallOutcome send(ServerRequest request, SseHandshake.Joined joined, ReplyChannel client) {
    CallOutcome.Failed stray = Failures.strayState(request.params());
    if (stray != null) {
      return stray;
    }
    CallOutcome outcome = exchange(request, joined.link(), client);
    boolean unseen =
        outcome instanceof CallOutcome.Failed failed
            && failed.fate() == Fate.NOT_FORWARDED
            && failed.reason() == ReasonCode.DOWNSTREAM_UNREACHABLE;
    if (!unseen || client.cancelled()) {
      return outcome;
    }
    // the link is gone and the message was not looked at: a new link, once
    return link(request) instanceof Opening.Ready<SseHandshake.Joined>(SseHandshake.Joined again)
        ? exchange(request, again.link(), client)
        : outcome;
  }

  /** One request on one link. */
  CallOutcome exchange(ServerRequest request, SseLink link, ReplyChannel client) {
    long id = ids.next();
    CallRelay relay = new CallRelay(request, id, client, ServerEvents.NONE);
    LinkedBlockingQueue<SseLink.Heard> heard = link.await(id, relay);
    client.onCancel(() -> heard.add(new SseLink.Heard.Over(Failures.abandoned(true))));
    try {
      if (!link.alive()) {
        return Failures.unreachable("the server's event stream has ended");
      }
      CallOutcome.Failed refused =
          link.post(Envelope.legacy(request, id), request.deadline(), client);
      if (refused == null) {
        return await(request.deadline(), id, link, heard, relay);
      }
      // some servers say 400 where the session is gone: the next call begins anew
      link.close();
      return refused;
    } finally {
      link.forget(id);
    }
  }

  private static CallOutcome await(
      Deadline deadline,
      long id,
      SseLink link,
      LinkedBlockingQueue<SseLink.Heard> heard,
      CallRelay relay) {
    while (true) {
      SseLink.Heard next = SseLink.next(heard, deadline);
      CallOutcome outcome =
          switch (next) {
            case null -> Failures.late(true);
            case SseLink.Heard.Over ended -> ended.failure();
            case SseLink.Heard.Said said -> outcome(said.message(), relay);
          };
      if (outcome == null) {
        continue;
      }
      boolean stillRuns =
          outcome instanceof CallOutcome.Failed failed
              && (failed.reason() == ReasonCode.CLIENT_GONE
                  || failed.reason() == ReasonCode.DOWNSTREAM_TIMEOUT);
      if (stillRuns) {
        link.cancel(id);
      }
      return outcome;
    }
  }

  private static @Nullable CallOutcome outcome(ServerMessage message, CallRelay relay) {
    return switch (message) {
      case ServerMessage.Response response when response.result() != null ->
          new CallOutcome.Replied(response.result(), response.bytes());
      case ServerMessage.Response response when response.error() != null ->
          new CallOutcome.ServerError(response.error(), response.bytes());
      case ServerMessage.Notification notification ->
          relay.notification(notification) ? null : Failures.invalid("too many notifications");
      case ServerMessage other -> Failures.invalid("the answer is no response");
    };
  }

  /** What {@code initialize} is asked with for this caller. */
  static JsonObject opening(ServerRequest request) {
    ProtocolVersion asked = request.caller().version();
    return JsonObject.builder()
        .put(
            "protocolVersion",
            (asked.modern() ? ProtocolVersion.LATEST_LEGACY : asked).text())
        .put("capabilities", request.caller().capabilities())
        .put("clientInfo", Envelope.guardInfo())
        .build();
  }

  @Override
  public void close() {
    links.close();
  }
}
