package dev.mcpguard.front.http;

import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Rendered;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.front.legacy.Handshake;
import dev.mcpguard.front.legacy.LegacyReader;
import dev.mcpguard.front.legacy.Session;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RequestFacts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request of a revision before 2026-07-28 over HTTP. Everything but {@code initialize} names a
 * session; nothing happens to a session before the gate has verified that the caller owns it.
 */
final class LegacyExchange {
  private static final Caller LATEST = Caller.speaking(ProtocolVersion.LATEST_LEGACY);

  private final Exchange exchange;

  LegacyExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Opens a session: minted only from a result of the gate, for its principal. */
  void initialize(Message.Request request) {
    JsonObject params = request.params();
    ProtocolVersion version = Handshake.negotiate(params, Handshake.revisions());
    JsonObject client = params.object("clientInfo");
    Caller caller = new Caller(version, null, client == null ? JsonObject.of() : client);
    RequestFacts facts =
        exchange.arrival().facts(caller, request.method(), request.id(), params);
    if (exchange.modernHeader()) {
      exchange.refuse(facts, ReasonCode.HEADER_MISMATCH, "initialize under a modern version");
      return;
    }
    String fault = Handshake.fault(facts, params);
    JsonObject capabilities = params.object("capabilities");
    if (fault != null || capabilities == null) {
      exchange.refuse(facts, ReasonCode.PARAMS_INVALID, fault == null ? "" : fault);
      return;
    }
    LocalRequest local =
        new LocalRequest(facts, exchange.services().own().initialize(facts.route(), version));
    Answer answer = exchange.services().gate().handle(local, exchange.reply());
    opened(answer, local, new Conversation(version, caller.client(), capabilities));
  }

  private void opened(Answer answer, LocalRequest request, Conversation conversation) {
    Rendered rendered = exchange.services().writer().write(answer, Rendering.of(request));
    if (!(answer instanceof Answer.Result result)) {
      exchange.finish(rendered, null);
      return;
    }
    Session session =
        exchange
            .services()
            .sessions()
            .mint(
                result.principal().key(),
                request.facts().route(),
                Session.Kind.STREAMABLE,
                conversation);
    if (session == null) {
      exchange.finish(AnswerWriter.overloaded(), null);
    } else {
      exchange.finish(rendered, session.id());
    }
  }

  /** One message inside a session. */
  void message(Message message) {
    Session session = session(method(message), id(message));
    if (session != null) {
      exchange.reply().within(session.conversation());
      GatedRequest read = session.read(exchange.arrival(), message, exchange.head().stream());
      Rendering as = rendering(message, read);
      Answer answer = new Turn(exchange, session).ask(message, read, exchange.reply());
      exchange.finish(exchange.services().writer().write(answer, as), null);
    }
  }

  /** GET: the stream for what the guard says by itself. */
  void open() {
    Session session = session("GET", null);
    if (session != null) {
      LocalRequest request = local(session, "GET");
      Answer answer = exchange.services().gate().handle(request, exchange.reply());
      if (Turn.owns(session, answer) instanceof Answer.Result result) {
        session.touch(exchange.services().clock().instant());
        exchange.services().outcomes().count("result");
        exchange.services().streams().attach(exchange.reply(), session, result.principal());
      } else {
        finish(answer, request);
      }
    }
  }

  /** DELETE: ends the session. */
  void end() {
    Session session = session("DELETE", null);
    if (session != null) {
      LocalRequest request = local(session, "DELETE");
      Answer answer = exchange.services().gate().handle(request, exchange.reply());
      if (Turn.owns(session, answer) instanceof Answer.Result) {
        exchange.services().sessions().end(session);
        exchange.finish(new Rendered(200, null, null, "result"), null);
      } else {
        finish(answer, request);
      }
    }
  }

  /** An array: many messages in 2025-03-26, an error in every other revision. */
  void batch(JsonArray elements) {
    if (exchange.head().all(Exchange.SESSION).isEmpty()) {
      RequestFacts facts = exchange.arrival().facts(Caller.UNKNOWN, "", null, JsonObject.of());
      exchange.refuse(facts, ReasonCode.REQUEST_INVALID, "a batch outside a session");
      return;
    }
    Session session = session("", null);
    if (session == null) {
      return;
    }
    String fault = batchFault(session, elements.values());
    if (fault != null) {
      RequestFacts facts = exchange.arrival().facts(session.caller(), "", null, JsonObject.of());
      exchange.refuse(facts, ReasonCode.REQUEST_INVALID, fault);
      return;
    }
    new Batch(exchange, session).run(elements.values());
  }

  private @Nullable String batchFault(Session session, List<JsonValue> elements) {
    if (session.conversation().version() != ProtocolVersion.V2025_03_26) {
      return "a batch in a revision without batches";
    }
    return elements.isEmpty() || elements.size() > exchange.services().limits().batch()
        ? "a batch of none or of too many"
        : null;
  }

  /** The session a request names, or null after a refusal was sent. */
  private @Nullable Session session(String method, @Nullable JsonValue id) {
    List<String> named = exchange.head().all(Exchange.SESSION);
    RequestFacts facts = exchange.arrival().facts(LATEST, method, id, JsonObject.of());
    if (named.size() != 1) {
      ReasonCode reason =
          named.isEmpty() ? ReasonCode.SESSION_MISSING : ReasonCode.REQUEST_INVALID;
      exchange.refuse(facts, reason, "not exactly one session id");
      return null;
    }
    Session session =
        exchange
            .services()
            .sessions()
            .find(named.getFirst(), exchange.arrival().route(), Session.Kind.STREAMABLE);
    if (session == null) {
      exchange.refuse(facts, ReasonCode.SESSION_UNKNOWN, "no such session on this route");
      return null;
    }
    return sameVersion(session, facts) ? session : null;
  }

  /** The version header may be missing, but must not name another revision than the session's. */
  private boolean sameVersion(Session session, RequestFacts facts) {
    List<String> named = exchange.head().all(HeaderCheck.VERSION);
    String version = session.conversation().version().text();
    if (named.isEmpty() || (named.size() == 1 && named.getFirst().equals(version))) {
      return true;
    }
    Misread misread =
        RequestReader.refuse(
            facts, ReasonCode.REQUEST_INVALID, "another version than the session's");
    exchange.ask(misread, Rendering.of(misread));
    return false;
  }

  private LocalRequest local(Session session, String verb) {
    String method = verb.toUpperCase(Locale.ROOT);
    RequestFacts facts =
        exchange.arrival().facts(session.caller(), method, null, JsonObject.of());
    return new LocalRequest(facts, JsonObject.of());
  }

  private void finish(Answer answer, LocalRequest request) {
    Rendering as = Rendering.ofNotification(request);
    exchange.finish(exchange.services().writer().write(answer, as), null);
  }

  private static Rendering rendering(Message message, GatedRequest read) {
    return message instanceof Message.Request
        ? Rendering.of(read)
        : Rendering.ofNotification(read);
  }

  private static String method(Message message) {
    return switch (message) {
      case Message.Request request -> request.method();
      case Message.Notification notification -> notification.method();
      case Message.Response _ -> LegacyReader.RESPONSE;
      case Message.Invalid _ -> "";
    };
  }

  private static @Nullable JsonValue id(Message message) {
    return switch (message) {
      case Message.Request request -> request.id();
      case Message.Response response -> response.id();
      case Message.Notification _ -> null;
      case Message.Invalid invalid -> invalid.id();
    };
  }
}
