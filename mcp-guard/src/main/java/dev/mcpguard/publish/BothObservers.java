package dev.mcpguard.publish;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.RequestReport;
import dev.mcpguard.model.RequestTarget;
import dev.mcpguard.model.Step;

/**
 * Two observers of the same requests; only the first keeps traces. Thread-safe.
 *
 * @param tracing asked for trace contexts
 * @param counting only told
 */
public record BothObservers(RequestObserver tracing, RequestObserver counting)
    implements RequestObserver {

  @Override
  public Observation begin(RequestFacts facts) {
    return new Both(tracing.begin(facts), counting.begin(facts));
  }

  private record Both(Observation tracing, Observation counting) implements Observation {
    @Override
    public JsonObject trace() {
      return tracing.trace();
    }

    @Override
    public void step(Step step, long nanos) {
      tracing.step(step, nanos);
      counting.step(step, nanos);
    }

    @Override
    public JsonObject forwarding(String server, RequestTarget target) {
      counting.forwarding(server, target);
      return tracing.forwarding(server, target);
    }

    @Override
    public void forwarded(CallOutcome outcome) {
      tracing.forwarded(outcome);
      counting.forwarded(outcome);
    }

    @Override
    public void ended(RequestReport report) {
      tracing.ended(report);
      counting.ended(report);
    }
  }
}
