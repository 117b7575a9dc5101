package dev.mcpguard.publish.metrics;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.RequestReport;
import dev.mcpguard.model.RequestTarget;
import dev.mcpguard.model.Step;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times every request that passes the gate, for Prometheus. Thread-safe. */
public final class GateMetrics implements RequestObserver {
  private final Map<Decided, LongAdder> decisions = new ConcurrentHashMap<>();
  private final Map<Forwarded, LongAdder> forwarded = new ConcurrentHashMap<>();
  private final EnumMap<Step, Histogram> steps = new EnumMap<>(Step.class);
  private final Histogram decision = new Histogram(Histogram.FINE);
  private final Histogram added = new Histogram(Histogram.FINE);

  private record Decided(String decision, String reason, String riskClass) {}

  private record Forwarded(String server, String outcome) {}

  public GateMetrics() {
    for (Step step : Step.values()) {
      steps.put(step, new Histogram(step == Step.DOWNSTREAM ? Histogram.COARSE : Histogram.FINE));
    }
  }

  @Override
  public Observation begin(RequestFacts facts) {
    return new Seen();
  }

  /** Writes what was counted. */
  public void write(MetricsText text) {
    Map<Labels, Long> decided = new HashMap<>();
    decisions.forEach(
        (key, count) ->
            decided.put(
                Labels.of("decision", key.decision())
                    .and("reason", key.reason())
                    .and("class", key.riskClass()),
                count.sum()));
    Map<Labels, Long> sent = new HashMap<>();
    forwarded.forEach(
        (key, count) ->
            sent.put(Labels.of("server", key.server()).and("outcome", key.outcome()), count.sum()));
    Map<Labels, Histogram.Reading> timed = new HashMap<>();
    steps.forEach(
        (step, histogram) -> timed.put(Labels.of("step", step.text()), histogram.read()));
    text.counters(
            "mcpguard_decisions_total",
            "requests that ended at the gate, by what policy said, why it was refused, and class",
            decided)
        .counters(
            "mcpguard_forwarded_total", "requests sent to a server, by how they ended", sent)
        .histograms(
            "mcpguard_step_duration_seconds", "time a step of the gate took", timed)
        .histogram(
            "mcpguard_decision_duration_seconds", "time from identity to the decision", decision)
        .histogram(
            "mcpguard_added_duration_seconds",
            "time the guard took of a request, the server's part left out", added);
  }

  /** One request. */
  private final class Seen implements Observation {
    private long decisionNanos;
    private long serverNanos;
    private String server = "";
    private long sentAt;

    @Override
    public JsonObject trace() {
      return JsonObject.of();
    }

    @Override
    public void step(Step step, long nanos) {
      Histogram histogram = steps.get(step);
      if (histogram != null) {
        histogram.add(nanos);
      }
      switch (step) {
        case IDENTITY, REGISTRY, INTENT, POLICY -> decisionNanos += nanos;
        case AUDIT, DOWNSTREAM -> {}
      }
    }

    @Override
    public JsonObject forwarding(String to, RequestTarget target) {
      server = to;
      sentAt = System.nanoTime();
      return JsonObject.of();
    }

    @Override
    public void forwarded(CallOutcome outcome) {
      serverNanos += System.nanoTime() - sentAt;
      count(forwarded, new Forwarded(server, word(outcome)));
    }

    @Override
    public void ended(RequestReport report) {
      String reason =
          report.answer() instanceof Answer.Refused refused
              ? refused.refusal().reason().text()
              : "";
      count(decisions, new Decided(report.decision(), reason, report.riskClass()));
      added.add(report.nanos() - serverNanos);
      if (!report.decision().equals("none")) {
        decision.add(decisionNanos);
      }
    }

    private static String word(CallOutcome outcome) {
      return switch (outcome) {
        case CallOutcome.Replied replied -> "replied";
        case CallOutcome.Waiting waiting -> "waiting";
        case CallOutcome.ServerError error -> "server-error";
        case CallOutcome.Failed failed -> failed.reason().text();
      };
    }
  }

  private static <K> void count(Map<K, LongAdder> counts, K key) {
    LongAdder counter = counts.get(key);
    (counter == null ? counts.computeIfAbsent(key, absent -> new LongAdder()) : counter).increment();
  }
}
