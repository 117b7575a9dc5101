package dev.mcpguard.front.http;

import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.Rendered;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.front.legacy.Handshake;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import org.jspecify.annotations.Nullable;

/**
 * The transport of 2024-11-05, off by default: GET opens an event stream whose first event names the
 * address to post to; what is posted there is answered on the stream. The address names a session of
 * one principal and is no credential: each message carries a token of its own and passes the gate.
 */
final class SseExchange {
  private static final ProtocolVersion VERSION = ProtocolVersion.V2024_11_05;

  private final Exchange exchange;

  SseExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Opens the stream and with it a session, which ends with it. */
  void open() {
    RequestFacts facts =
        exchange.arrival().facts(Caller.speaking(VERSION), "GET", null, JsonObject.of());
    LocalRequest request = new LocalRequest(facts, JsonObject.of());
    Answer answer = exchange.services().gate().handle(request, exchange.reply());
    if (!(answer instanceof Answer.Result result)) {
      Rendering as = Rendering.ofNotification(request);
      exchange.finish(exchange.services().writer().write(answer, as), null);
      return;
    }
    Session session =
        exchange
            .services()
            .sessions()
            .mint(
                result.principal().key(),
                facts.route(),
                Session.Kind.TWO_ENDPOINTS,
                new Conversation(VERSION, JsonObject.of(), JsonObject.of()));
    if (session == null) {
      exchange.services().streams().forgo(result.principal());
      exchange.finish(AnswerWriter.overloaded(), null);
      return;
    }
    exchange.services().outcomes().count("result");
    exchange
        .services()
        .streams()
        .begin(
            exchange.reply(), session, result.principal(),
            () -> exchange.services().sessions().end(session));
  }

  /** Takes in one posted message for the session of this id. */
  void post(byte[] body, String id) {
    Session session =
        exchange
            .services()
            .sessions()
            .find(id, exchange.arrival().route(), Session.Kind.TWO_ENDPOINTS);
    if (session == null) {
      RequestFacts facts =
          exchange.arrival().facts(Caller.speaking(VERSION), "POST", null, JsonObject.of());
      exchange.refuse(facts, ReasonCode.SESSION_UNKNOWN, "no such session on this route");
      return;
    }
    JsonValue document;
    try {
      document = StrictJson.parse(body, exchange.services().json());
    } catch (MalformedJsonException malformed) {
      refuse(session, ReasonCode.MALFORMED, malformed.problem());
      return;
    }
    if (document instanceof JsonArray) {
      refuse(session, ReasonCode.REQUEST_INVALID, "a batch on a transport without batches");
    } else {
      message(session, Message.of(document));
    }
  }

  private void refuse(Session session, ReasonCode reason, String detail) {
    exchange.refuse(
        exchange.arrival().facts(session.caller(), "", null, JsonObject.of()), reason, detail);
  }

  private void message(Session session, Message message) {
    SseReply reply = new SseReply(exchange.reply(), session, exchange.services().limits().ask());
    reply.acceptSoon();
    boolean handshake =
        message instanceof Message.Request request
            && request.method().equals(Method.INITIALIZE.text());
    if (handshake && message instanceof Message.Request request) {
      initialize(session, request, reply);
      return;
    }
    GatedRequest read = session.read(exchange.arrival(), message, true);
    Answer answer = new Turn(exchange, session).ask(message, read, reply);
    boolean due = message instanceof Message.Request || message instanceof Message.Invalid;
    tell(answer, due ? Rendering.of(read) : Rendering.ofNotification(read), reply, session);
  }

  private void initialize(Session session, Message.Request request, SseReply reply) {
    JsonObject params = request.params();
    ProtocolVersion version = Handshake.negotiate(params, Handshake.everyRevision());
    JsonObject client = params.object("clientInfo");
    JsonObject capabilities = params.object("capabilities");
    Caller caller =
        new Caller(
            version, session.caller().session(), client == null ? JsonObject.of() : client);
    RequestFacts facts =
        exchange.arrival().facts(caller, request.method(), request.id(), params);
    String fault = Handshake.fault(facts, params);
    if (fault == null && session.begun()) {
      fault = "initialize inside a conversation";
    }
    GatedRequest asked =
        fault == null
            ? new LocalRequest(facts, exchange.services().own().initialize(facts.route(), version))
            : RequestReader.refuse(facts, ReasonCode.PARAMS_INVALID, fault);
    Answer answer =
        Turn.owns(session, exchange.services().gate().handle(asked, reply));
    if (answer instanceof Answer.Result && capabilities != null) {
      session.begin(new Conversation(version, caller.client(), capabilities));
      session.touch(exchange.services().clock().instant());
    }
    tell(answer, Rendering.of(asked), reply, session);
  }

  /**
   * INVARIANT: only what the gate answered to the session's owner goes on its stream; everything else
   * is told to whoever posted, by a status.
   */
  private void tell(Answer answer, Rendering as, SseReply reply, Session session) {
    Rendered rendered = exchange.services().writer().write(answer, as);
    JsonObject body = exchange.services().writer().inBand(answer, as);
    if (body != null && owner(answer, session)) {
      exchange.services().outcomes().count(rendered.outcome());
      reply.answer(body);
    } else if (rendered.status() == 0) {
      exchange.services().outcomes().count(rendered.outcome());
      reply.accept();
    } else if (reply.claim()) {
      exchange.finish(rendered, null);
    }
  }

  private static boolean owner(Answer answer, Session session) {
    return switch (answer) {
      case Answer.Result result -> result.principal().key().equals(session.owner());
      case Answer.ServerError error -> true;
      case Answer.Refused(String decision, Refusal refusal, var principal) ->
          principal != null
              && principal.key().equals(session.owner())
              && refusal.reason() != ReasonCode.SESSION_UNKNOWN;
    };
  }
}
