package dev.mcpguard.gate;

import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.IdentityVerifier;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.RequestObserver.Observation;
import dev.mcpguard.model.ToolRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Opens a {@link Passage} per request. Thread-safe.
 *
 * @param instance name of this guard instance, in every record
 * @param identity the identity step
 * @param log the call log
 * @param strangers where unauthenticated requests are recorded, bounded in rate
 * @param registry for the revision in force
 * @param agentsRevision digest of the agent register in force
 * @param clock the time of records and decisions
 * @param longestCall the deadline of a call whose tool sets none
 * @param observer watches every request
 * @param allowances what each caller may take of the guard
 */
public record Passages(
    String instance,
    IdentityVerifier identity,
    CallLog log,
    StrangerLog strangers,
    ToolRegistry registry,
    Supplier<String> agentsRevision,
    InstantSource clock,
    Duration longestCall,
    RequestObserver observer,
    Allowances allowances) {

  Passage open(RequestFacts facts) {
    Observation observation = observer.begin(facts);
    return new Passage(this, facts.traced(observation.trace()), new Watch(observation));
  }
}
