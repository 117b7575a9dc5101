package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * Watches requests for whoever measures them. It decides nothing and is asked for nothing but a trace
 * context. Thread-safe; never blocks, never throws, and keeps no payload and no credential.
 */
public interface RequestObserver {

  /** A request enters the gate. */
  Observation begin(RequestFacts facts);

  /** Sees nothing and costs nothing. */
  RequestObserver NONE = facts -> Observation.NONE;

  /** One request under observation. Confined to the thread of the request. */
  interface Observation {

    /** The trace context of the guard's own work on the request; empty when it keeps none. */
    JsonObject trace();

    /** A step took this long. */
    void step(Step step, long nanos);

    /**
     * The request goes to {@code server} now.
     *
     * @return the trace context to send along; empty: what the client sent stays
     */
    JsonObject forwarding(String server, RequestTarget target);

    /** The server's part ended; called once after each {@link #forwarding}. */
    void forwarded(CallOutcome outcome);

    /** The request has its terminal record and its answer. The last call. */
    void ended(RequestReport report);

    /** Sees nothing. */
    Observation NONE =
        new Observation() {
          @Override
          public JsonObject trace() {
            return JsonObject.of();
          }

          @Override
          public void step(Step step, long nanos) {}

          @Override
          public JsonObject forwarding(String server, RequestTarget target) {
            return JsonObject.of();
          }

          @Override
          public void forwarded(CallOutcome outcome) {}

          @Override
          public void ended(RequestReport report) {}
        };
  }
}
