package dev.mcpguard.front.http;

import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.ModernEnvelope;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.front.Subscription;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ToolCall;
import java.util.List;

/** A message of MCP 2026-07-28 over HTTP: stateless, and the client's leaving cancels it. */
final class ModernExchange {
  /**
   * What a client that names another revision in an envelope may name instead: the same list as in
   * {@code server/discover}, as the conformance suite demands.
   */
  private static final List<String> SUPPORTED = List.of(ProtocolVersion.LATEST_MODERN.text());

  private final Exchange exchange;

  ModernExchange(Exchange exchange) {
    this.exchange = exchange;
    exchange.reply().cancelOnLeave();
  }

  void request(Message.Request request) {
    ModernEnvelope envelope = ModernEnvelope.of(request.params());
    Caller caller = new Caller(ProtocolVersion.LATEST_MODERN, null, envelope.client());
    RequestFacts facts =
        exchange.arrival().facts(caller, request.method(), request.id(), request.params());
    Refusal broken = envelope.refusal();
    if (broken != null) {
      Misread misread = new Misread(facts, broken);
      exchange.ask(misread, Rendering.of(misread).withStatus(400));
      return;
    }
    String fault =
        HeaderCheck.fault(
            exchange.head(), envelope.version(), request.method(), request.params(), tasks());
    if (fault != null) {
      exchange.refuse(facts, ReasonCode.HEADER_MISMATCH, fault);
      return;
    }
    Refusal unsupported = envelope.unsupported(SUPPORTED);
    if (unsupported != null) {
      Misread misread = new Misread(facts, unsupported);
      exchange.ask(misread, Rendering.of(misread));
      return;
    }
    supported(facts, request);
  }

  private boolean tasks() {
    return exchange.services().own().tasks();
  }

  private void supported(RequestFacts facts, Message.Request request) {
    Method method = Method.find(request.method(), ProtocolVersion.LATEST_MODERN, tasks());
    if (method == null || method.kind() == Method.Kind.NOTIFICATION) {
      exchange.refuse(facts, ReasonCode.METHOD_UNKNOWN, "no such method in this revision");
    } else if (method.kind() == Method.Kind.LOCAL) {
      local(facts, method, request.params());
    } else {
      // the hint of 2025-11-25 means nothing to this extension, which has to bear with it
      boolean hinted = tasks() && method == Method.TOOLS_CALL;
      JsonObject params = hinted ? request.params().without("task") : request.params();
      GatedRequest read = RequestReader.read(facts, method, params);
      exchange.ask(checked(read), Rendering.of(read));
    }
  }

  private GatedRequest checked(GatedRequest read) {
    if (read instanceof ToolCall call) {
      String fault =
          HeaderCheck.parameterFault(exchange.head(), call, exchange.services().schemas());
      return fault == null
          ? call
          : RequestReader.refuse(call.facts(), ReasonCode.HEADER_MISMATCH, fault);
    }
    return read;
  }

  private void local(RequestFacts facts, Method method, JsonObject params) {
    if (!RequestReader.allowed(method, params, facts)) {
      exchange.refuse(facts, ReasonCode.PARAMS_INVALID, "unknown member in params");
    } else if (method == Method.LISTEN) {
      listen(facts, params);
    } else {
      LocalRequest discover =
          new LocalRequest(facts, exchange.services().own().discover(facts.route()));
      exchange.ask(discover, Rendering.of(discover));
    }
  }

  private void listen(RequestFacts facts, JsonObject params) {
    Subscription subscription = Subscription.of(params, tasks());
    if (subscription == null || !exchange.head().stream()) {
      exchange.refuse(facts, ReasonCode.PARAMS_INVALID, "no subscription, or takes no stream");
      return;
    }
    ListenRequest request = subscription.request(facts, params);
    Answer answer = exchange.services().gate().handle(request, exchange.reply());
    if (answer instanceof Answer.Result result) {
      exchange.services().outcomes().count("result");
      exchange
          .services()
          .streams()
          .listen(
              exchange.reply(), Subscription.honoured(result.result()), request, result.principal());
    } else {
      Rendering as = Rendering.of(request);
      exchange.finish(exchange.services().writer().write(answer, as), null);
    }
  }

  /** The core has no client notification on HTTP; what it names is taken note of, and no more. */
  void notification(Message.Notification notification) {
    RequestFacts facts =
        exchange
            .arrival()
            .facts(
                Caller.speaking(ProtocolVersion.LATEST_MODERN),
                notification.method(),
                null,
                notification.params());
    GatedRequest read = read(facts, notification);
    exchange.ask(read, Rendering.ofNotification(read));
  }

  private GatedRequest read(RequestFacts facts, Message.Notification notification) {
    Method method = Method.find(notification.method(), ProtocolVersion.LATEST_MODERN);
    String fault = HeaderCheck.notificationFault(exchange.head(), notification.method());
    if (fault != null) {
      return RequestReader.refuse(facts, ReasonCode.HEADER_MISMATCH, fault);
    }
    if (method == null || method.kind() != Method.Kind.NOTIFICATION) {
      return RequestReader.refuse(facts, ReasonCode.METHOD_UNKNOWN, "no such notification");
    }
    return RequestReader.allowed(method, notification.params(), facts)
        ? new LocalRequest(facts, JsonObject.of())
        : RequestReader.refuse(facts, ReasonCode.PARAMS_INVALID, "unknown member in params");
  }
}
