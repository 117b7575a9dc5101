package dev.mcpguard.gate;

import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;

/**
 * Asks what can be replaced while it answers, and records the revision that did answer: replay
 * decides from that one.
 */
final class RevisionedLookup {
  private RevisionedLookup() {}

  /** INVARIANT: the recorded register is the one that answered, also while it is replaced. */
  static Identification identify(Passages passages, RequestFacts facts, Trail trail) {
    String before;
    Identification answer;
    do {
      before = passages.agentsRevision().get();
      answer = passages.identity().verify(facts.credential(), facts.route());
    } while (!before.equals(passages.agentsRevision().get()));
    trail.agents(before);
    return answer;
  }

  /** INVARIANT: the recorded snapshot is the one that answered, also while it is replaced. */
  static ToolLookup find(ToolCall call, ToolRegistry registry, Trail trail) {
    Digest before;
    ToolLookup answer;
    do {
      before = registry.revision();
      answer = registry.find(call.server(), call.tool());
    } while (!before.equals(registry.revision()));
    trail.registry(before);
    return answer;
  }
}
