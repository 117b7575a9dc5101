package dev.mcpguard.front.stdio;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.ModernEnvelope;
import dev.mcpguard.front.OwnAnswers;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.Subscription;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.front.legacy.Handshake;
import dev.mcpguard.front.legacy.LegacyReader;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a message on stdio to what the gate is asked, by the era of the message. */
final class StdioReader {
  private static final List<ProtocolVersion> ALL = List.of(ProtocolVersion.values());
  private static final List<String> TEXTS = List.of(ProtocolVersion.LATEST_MODERN.text());
  private static final List<ProtocolVersion> LEGACY =
      ALL.stream().filter(version -> !version.modern()).toList();

  private final OwnAnswers own;

  StdioReader(OwnAnswers own) {
    this.own = own;
  }

  /**
   * Reads one message.
   *
   * @param legacy the legacy conversation, or null before {@code initialize}
   */
  GatedRequest read(Arrival arrival, Message message, @Nullable Conversation legacy) {
    return switch (message) {
      case Message.Request request -> request(arrival, request, legacy);
      case Message.Notification notification ->
          legacy == null
              ? notification(arrival, notification)
              : LegacyReader.read(arrival, legacy.caller(), legacy.declared(true), message);
      case Message.Response response ->
          legacy == null
              ? RequestReader.refuse(
                  arrival.facts(Caller.UNKNOWN, "", response.id(), JsonObject.of()),
                  ReasonCode.REQUEST_INVALID,
                  "a response to nothing")
              : LegacyReader.read(arrival, legacy.caller(), legacy.declared(true), message);
      case Message.Invalid _ -> LegacyReader.read(arrival, Caller.UNKNOWN, JsonObject.of(), message);
    };
  }

  private GatedRequest request(
      Arrival arrival, Message.Request request, @Nullable Conversation legacy) {
    if (ModernEnvelope.in(request.params())) {
      return modern(arrival, request);
    }
    if (request.method().equals(Method.INITIALIZE.text())) {
      return initialize(arrival, request);
    }
    return legacy == null
        ? RequestReader.refuse(
            arrival.facts(Caller.UNKNOWN, request.method(), request.id(), request.params()),
            ReasonCode.REQUEST_INVALID,
            "neither an envelope nor a handshake before")
        : LegacyReader.read(arrival, legacy.caller(), legacy.declared(true), request);
  }

  private GatedRequest initialize(Arrival arrival, Message.Request request) {
    JsonObject params = request.params();
    ProtocolVersion version = Handshake.negotiate(params, LEGACY);
    JsonObject client = params.object("clientInfo");
    Caller caller = new Caller(version, null, client == null ? JsonObject.of() : client);
    RequestFacts facts = arrival.facts(caller, request.method(), request.id(), params);
    String fault = Handshake.fault(facts, params);
    return fault == null
        ? new LocalRequest(facts, own.initialize(facts.route(), version))
        : RequestReader.refuse(facts, ReasonCode.PARAMS_INVALID, fault);
  }

  private GatedRequest modern(Arrival arrival, Message.Request request) {
    JsonObject params = request.params();
    ModernEnvelope envelope = ModernEnvelope.of(params);
    Caller caller = new Caller(ProtocolVersion.LATEST_MODERN, null, envelope.client());
    RequestFacts facts = arrival.facts(caller, request.method(), request.id(), params);
    Refusal flaw =
        envelope.refusal() == null ? envelope.unsupported(TEXTS) : envelope.refusal();
    if (flaw != null) {
      return new Misread(facts, flaw);
    }
    Method method =
        Method.find(request.method(), ProtocolVersion.LATEST_MODERN, own.tasks());
    if (method == null || method.kind() == Method.Kind.NOTIFICATION) {
      return RequestReader.refuse(facts, ReasonCode.METHOD_UNKNOWN, "no such method here");
    }
    if (method.kind() != Method.Kind.LOCAL) {
      return RequestReader.read(facts, method, params);
    }
    Subscription wanted =
        method == Method.LISTEN ? Subscription.of(params, own.tasks()) : null;
    boolean listens = method != Method.LISTEN || wanted != null;
    if (wanted != null && RequestReader.allowed(method, params, facts)) {
      return wanted.request(facts, params);
    }
    return listens && RequestReader.allowed(method, params, facts)
        ? new LocalRequest(facts, own.discover(facts.route()))
        : RequestReader.refuse(facts, ReasonCode.PARAMS_INVALID, "unknown member in params");
  }

  private static GatedRequest notification(
      Arrival arrival, Message.Notification notification) {
    JsonObject params = notification.params();
    RequestFacts facts = arrival.facts(Caller.UNKNOWN, notification.method(), null, params);
    Method method = Method.find(notification.method(), ProtocolVersion.LATEST_MODERN);
    if (method == null || method.kind() != Method.Kind.NOTIFICATION) {
      return RequestReader.refuse(facts, ReasonCode.METHOD_UNKNOWN, "no such notification");
    }
    return RequestReader.allowed(method, params, facts)
        ? new LocalRequest(facts, JsonObject.of())
        : RequestReader.refuse(facts, ReasonCode.PARAMS_INVALID, "unknown member in params");
  }
}
