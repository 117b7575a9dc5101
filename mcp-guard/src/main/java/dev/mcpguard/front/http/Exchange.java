package dev.mcpguard.front.http;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.ModernEnvelope;
import dev.mcpguard.front.Rendered;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.http.RequestHead.Flaw;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request at an endpoint, on a virtual thread: one strict parse, then the era (protocol.md 1),
 * then the gate, exactly once for every message. Whatever cannot be read passes the gate as a {@link
 * Misread}.
 */
final class Exchange {
  static final String SESSION = "mcp-session-id";
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServices services;
  private final RequestHead head;
  private final HttpReply reply;

  Exchange(HttpServices services, RequestHead head, HttpReply reply) {
    this.services = services;
    this.head = head;
    this.reply = reply;
  }

  HttpServices services() {
    return services;
  }

  RequestHead head() {
    return head;
  }

  HttpReply reply() {
    return reply;
  }

  Arrival arrival() {
    return head.arrival();
  }

  void run(byte[] body) {
    try {
      serve(body);
    } catch (RuntimeException bug) {
      LOG.error("request {} failed in the front", arrival().decisionId(), bug);
      services.outcomes().count(ReasonCode.INTERNAL.text());
      if (reply.streaming()) {
        reply.abort();
      } else {
        reply.send(Responses.bare(500));
      }
    }
  }

  private void serve(byte[] body) {
    Flaw flaw = head.flaw();
    if (flaw != null) {
      flawed(flaw);
      return;
    }
    switch (head.verb()) {
      case "GET" -> get();
      case "DELETE" -> new LegacyExchange(this).end();
      default -> {
        String session = head.messages();
        if (session == null) {
          post(body);
        } else {
          new SseExchange(this).post(body, session);
        }
      }
    }
  }

  /** INVARIANT: without a session id a GET comes this far only where the old transport is on. */
  private void get() {
    if (head.all(SESSION).isEmpty()) {
      new SseExchange(this).open();
    } else {
      new LegacyExchange(this).open();
    }
  }

  private void post(byte[] body) {
    JsonValue document;
    try {
      document = StrictJson.parse(body, services.json());
    } catch (MalformedJsonException malformed) {
      refuse("", null, Refusal.of(ReasonCode.MALFORMED, malformed.problem()), 0);
      return;
    }
    if (document instanceof JsonArray elements && head.command() == null) {
      new LegacyExchange(this).batch(elements);
      return;
    }
    if (head.command() != null) {
      new PlainExchange(this, head.command()).call(document);
      return;
    }
    Message message = Message.of(document);
    switch (message) {
      case Message.Request request -> request(request);
      case Message.Notification notification -> notification(notification);
      case Message.Response response -> response(response);
      case Message.Invalid invalid -> invalid(invalid);
    }
  }

  private void request(Message.Request request) {
    boolean enveloped = ModernEnvelope.in(request.params());
    if (enveloped) {
      new ModernExchange(this).request(request);
    } else if (request.method().equals(Method.INITIALIZE.text())) {
      new LegacyExchange(this).initialize(request);
    } else if (modernHeader()) {
      Refusal refusal =
          Refusal.of(ReasonCode.PARAMS_INVALID, "no envelope, but a modern version header")
              .withData(missingKeys());
      refuse(request.method(), request.id(), refusal, 400);
    } else {
      new LegacyExchange(this).message(request);
    }
  }

  private void notification(Message.Notification notification) {
    if (ModernEnvelope.in(notification.params()) || modernHeader()) {
      new ModernExchange(this).notification(notification);
    } else {
      new LegacyExchange(this).message(notification);
    }
  }

  private void response(Message.Response response) {
    if (modernHeader()) {
      Refusal refusal = Refusal.of(ReasonCode.REQUEST_INVALID, "a posted response");
      refuse("", response.id(), refusal, 0);
    } else {
      new LegacyExchange(this).message(response);
    }
  }

  private void invalid(Message.Invalid invalid) {
    refuse("", invalid.id(), Refusal.of(ReasonCode.REQUEST_INVALID, invalid.detail()), 0);
  }

  boolean modernHeader() {
    return head.all(HeaderCheck.VERSION).contains(ProtocolVersion.LATEST_MODERN.text());
  }

  private static JsonObject missingKeys() {
    return JsonObject.builder()
        .put(
            "missing",
            JsonArray.ofStrings(
                List.of(ModernEnvelope.VERSION, ModernEnvelope.CAPABILITIES)))
        .build();
  }

  /** INVARIANT: what a foreign page's script asked is 403, whatever the gate thinks of its token. */
  private void flawed(Flaw flaw) {
    ReasonCode reason = flaw.refusal().reason();
    RequestFacts facts = arrival().facts(Caller.UNKNOWN, "", null, JsonObject.of());
    Misread misread = new Misread(facts, flaw.refusal());
    Answer answer = services.gate().handle(misread, reply);
    boolean foreign =
        reason == ReasonCode.HOST_REFUSED || reason == ReasonCode.ORIGIN_REFUSED;
    Rendered rendered =
        foreign
            ? new Rendered(403, null, null, reason.text())
            : rendered(answer, Rendering.of(misread).withStatus(flaw.status()));
    finish(rendered, null);
  }

  /** Refuses a message as a modern one; a status of 0 is the reason's own. */
  void refuse(
      String method,
      @Nullable JsonValue id,
      Refusal refusal,
      int status) {
    RequestFacts facts = arrival().facts(Caller.UNKNOWN, method, id, JsonObject.of());
    Misread misread = new Misread(facts, refusal);
    ask(misread, Rendering.of(misread).withStatus(status));
  }

  /** Refuses what was being read. */
  void refuse(RequestFacts facts, ReasonCode reason, String detail) {
    Misread misread = RequestReader.refuse(facts, reason, detail);
    ask(misread, Rendering.of(misread));
  }

  /** The whole way: gate, rendering, wire. */
  Answer ask(GatedRequest request, Rendering as) {
    Answer answer = services.gate().handle(request, reply);
    finish(rendered(answer, as), null);
    return answer;
  }

  private Rendered rendered(Answer answer, Rendering as) {
    return head.command() == null
        ? services.writer().write(answer, as)
        : PlainAnswer.of(answer, as.status());
  }

  /** Puts a rendered answer on the wire. */
  void finish(Rendered rendered, @Nullable String session) {
    services.outcomes().count(rendered.outcome());
    JsonObject body = rendered.body();
    if (rendered.status() == 0) {
      reply.abort();
    } else if (body != null && (reply.streaming() || mustStream(rendered))) {
      reply.last(body);
    } else {
      reply.send(services.responses().of(rendered, arrival(), session));
    }
  }

  /** A client that takes streams only gets its answer as the one event of a stream. */
  private boolean mustStream(Rendered rendered) {
    return !head.json() && head.stream() && rendered.status() == 200;
  }
}
