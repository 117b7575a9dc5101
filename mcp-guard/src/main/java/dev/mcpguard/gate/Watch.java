package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RequestObserver.Observation;
import dev.mcpguard.model.RequestReport;
import dev.mcpguard.model.RequestTarget;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.Step;
import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.RegisteredPrimitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a request's steps, and what its observer is told. Confined to the thread of the
 * request.
 */
final class Watch {
  private final Observation observation;
  private final long start = System.nanoTime();
  private long lastMark = start;
  private RequestTarget target = RequestTarget.NONE;
  private String riskClass = "unknown";
  private String decision = "none";
  private @Nullable String agent;

  Watch(Observation observation) {
    this.observation = observation;
  }

  /** Ends a step; its length in microseconds. */
  long mark(Step step) {
    long now = System.nanoTime();
    long nanos = now - lastMark;
    lastMark = now;
    observation.step(step, nanos);
    return nanos / 1_000;
  }

  void caller(Principal caller) {
    agent = caller.agent().id();
  }

  void found(ServedTool tool) {
    target = new RequestTarget("tool", tool.server(), tool.name());
    riskClass = tool.riskClass().text();
  }

  void found(RegisteredPrimitive primitive) {
    // a resource's name is the URI a caller wrote, and a URI can carry anything
    String name = primitive.kind() == PrimitiveKind.RESOURCE ? "" : primitive.name();
    target = new RequestTarget(primitive.kind().text(), primitive.server().text(), name);
    riskClass = primitive.riskClass().text();
  }

  void classified(String effective) {
    riskClass = effective;
  }

  void decided(String result) {
    decision = result;
  }

  /** {@code meta} as it is sent: with the guard's own trace context in place of the client's. */
  JsonObject forwarding(String server, JsonObject meta) {
    JsonObject trace = observation.forwarding(server, target);
    if (trace.members().isEmpty()) {
      return meta;
    }
    JsonObject sent = meta.without("traceparent", "tracestate");
    for (Map.Entry<String, JsonValue> member : trace.members().entrySet()) {
      sent = sent.with(member.getKey(), member.getValue());
    }
    return sent;
  }

  void forwarded(CallOutcome outcome) {
    observation.forwarded(outcome);
  }

  void ended(Answer answer) {
    long nanos = System.nanoTime() - start;
    observation.ended(new RequestReport(target, riskClass, decision, agent, answer, nanos));
  }
}
