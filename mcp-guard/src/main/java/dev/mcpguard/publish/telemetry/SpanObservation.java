package dev.mcpguard.publish.telemetry;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver.Observation;
import dev.mcpguard.model.RequestReport;
import dev.mcpguard.model.RequestTarget;
import dev.mcpguard.model.Step;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The SERVER span of a request and the CLIENT spans below it. Confined to the request's thread. */
final class SpanObservation implements Observation {
  private static final double NANOS = 1e9;

  private final RequestFacts facts;
  private final Tracer tracer;
  private final Instruments instruments;
  private final Function<String, ServerPeer> peers;
  private final Span server;
  private long decisionNanos;
  private long serverNanos;

  private @Nullable Span client;
  private Attributes clientAttributes = Attributes.empty();
  private long clientStart;

  SpanObservation(
      RequestFacts facts,
      Tracer tracer,
      Instruments instruments,
      Function<String, ServerPeer> peers) {
    this.facts = facts;
    this.tracer = tracer;
    this.instruments = instruments;
    this.peers = peers;
    SpanBuilder builder =
        tracer
            .spanBuilder(Names.method(facts))
            .setSpanKind(SpanKind.SERVER)
            .setParent(TraceCarrier.read(facts.trace()))
            .setStartTimestamp(facts.received());
    SpanContext transport =
        Span.fromContext(TraceCarrier.read(facts.transportTrace())).getSpanContext();
    if (transport.isValid() && !facts.transportTrace().equals(facts.trace())) {
      builder.addLink(transport);
    }
    this.server = builder.startSpan();
  }

  @Override
  public JsonObject trace() {
    return TraceCarrier.write(server);
  }

  @Override
  public void step(Step step, long nanos) {
    switch (step) {
      case IDENTITY, REGISTRY, INTENT, POLICY -> decisionNanos += nanos;
      case AUDIT, DOWNSTREAM -> {}
    }
  }

  @Override
  public JsonObject forwarding(String to, RequestTarget target) {
    ServerPeer peer = peers.apply(to);
    AttributesBuilder attributes =
        Names.common(facts, target)
            .put(Names.SERVER, to)
            .put(Names.TRANSPORT, peer.transport());
    if (!peer.address().isEmpty()) {
      attributes.put(Names.SERVER_ADDRESS, peer.address()).put(Names.SERVER_PORT, (long) peer.port());
    }
    clientAttributes = attributes.build();
    clientStart = System.nanoTime();
    Span started =
        tracer
            .spanBuilder(Names.span(facts, target))
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(server))
            .setAllAttributes(clientAttributes)
            .startSpan();
    client = started;
    return TraceCarrier.write(started);
  }

  @Override
  public void forwarded(CallOutcome outcome) {
    Span ended = client;
    if (ended == null) {
      return;
    }
    client = null;
    long nanos = System.nanoTime() - clientStart;
    serverNanos += nanos;
    String error = Names.error(outcome);
    Attributes attributes = clientAttributes;
    if (error != null) {
      attributes = attributes.toBuilder().put(Names.ERROR, error).build();
      ended.setAttribute(Names.ERROR, error);
      ended.setStatus(StatusCode.ERROR);
    }
    if (outcome instanceof CallOutcome.ServerError answered) {
      ended.setAttribute(Names.STATUS, Names.code(answered.error()));
    }
    ended.end();
    instruments.client().record(nanos / NANOS, attributes);
  }

  @Override
  public void ended(RequestReport report) {
    abandon();
    String error = Names.error(report.answer());
    AttributesBuilder shared =
        Names.common(facts, report.target())
            .put(Names.VERSION, facts.version().text())
            .put(Names.TRANSPORT, Names.transport(facts));
    if (error != null) {
      shared.put(Names.ERROR, error);
    }
    Attributes attributes = shared.build();
    describe(report, attributes, error);
    server.end();
    instruments.server().record(report.nanos() / NANOS, attributes);
    instruments
        .added()
        .record(Math.max(0, report.nanos() - serverNanos) / NANOS, Attributes.of(Names.METHOD, Names.method(facts)));
    if (!report.decision().equals("none")) {
      instruments
          .decision()
          .record(
              decisionNanos / NANOS,
              Attributes.of(Names.DECISION, report.decision(), Names.CLASS, report.riskClass()));
    }
  }

  /** A client span whose end nobody told of: the gate crashed in between. */
  private void abandon() {
    Span open = client;
    if (open != null) {
      open.setStatus(StatusCode.ERROR);
      open.end();
      client = null;
    }
  }

  private void describe(RequestReport report, Attributes attributes, @Nullable String error) {
    if (!server.isRecording()) {
      return;
    }
    server.updateName(Names.span(facts, report.target()));
    server.setAllAttributes(attributes);
    server.setAttribute(Names.DECISION_ID, facts.decisionId());
    server.setAttribute(Names.DECISION, report.decision());
    server.setAttribute(Names.CLASS, report.riskClass());
    server.setAttribute(Names.CLIENT_ADDRESS, facts.remote());
    String agent = report.agent();
    if (agent != null) {
      server.setAttribute(Names.AGENT, agent);
    }
    String id = Names.requestId(facts.id());
    if (id != null) {
      server.setAttribute(Names.REQUEST_ID, id);
    }
    if (error != null) {
      server.setStatus(StatusCode.ERROR);
    }
  }
}
