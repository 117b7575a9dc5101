package dev.mcpguard.intent;

import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weighs what was declared against one agent's register entry and one target. Pure. */
record Weighing(Agent agent, Target target) {

  /** Outcome of weighing. */
  sealed interface Verdict {}

  /** The intent covers the tool; its class is compared once the arguments are classified. */
  record Covered(Intent intent) implements Verdict {}

  /** It does not. */
  record Outside(Refusal refusal) implements Verdict {}

  /**
   * Weighs the caller's own word, already intersected, with the alternatives the issuer committed
   * to. Of several alternatives that cover the tool the one of the highest class counts: each alone
   * would permit, and the class of the call is not known yet.
   */
  Verdict weigh(@Nullable IntentDraft own, List<IntentDraft> committed) {
    if (committed.isEmpty()) {
      return settle(own);
    }
    Verdict best = outside(ReasonCode.INTENT_EXCEEDED, "no authorization detail covers the call");
    for (IntentDraft alternative : committed) {
      best = better(best, alternative(own, alternative));
    }
    return best;
  }

  private static Verdict better(Verdict best, Verdict next) {
    if (best instanceof Covered(Intent before)) {
      boolean higher =
          next instanceof Covered(Intent after) && after.ceiling().compareTo(before.ceiling()) > 0;
      return higher ? next : best;
    }
    return next;
  }

  private Verdict alternative(@Nullable IntentDraft own, IntentDraft committed) {
    if (own == null) {
      return settle(committed);
    }
    if (own.conflictsWith(committed)) {
      return outside(ReasonCode.INTENT_CONFLICT, "the token commits to another purpose or task");
    }
    return settle(own.intersect(committed));
  }

  private Verdict settle(@Nullable IntentDraft draft) {
    String declared = draft == null ? null : draft.purpose();
    String name = declared == null ? agent.defaultPurpose() : declared;
    if (name == null) {
      return outside(
          ReasonCode.INTENT_MISSING, "no purpose is declared and the agent has no default");
    }
    Agent.Purpose purpose = agent.purposes().get(name);
    if (purpose == null) {
      return outside(
          ReasonCode.PURPOSE_UNREGISTERED, "the purpose is not registered for the agent");
    }
    if (!covers(purpose, draft)) {
      return outside(ReasonCode.INTENT_EXCEEDED, "the tool lies outside the declared intent");
    }
    return new Covered(intent(name, ceiling(purpose, draft), draft));
  }

  private static RiskClass ceiling(Agent.Purpose purpose, @Nullable IntentDraft draft) {
    RiskClass ceiling = purpose.ceiling();
    if (draft == null || draft.purpose() == null) {
      // A purpose nobody declared is for reading only, whatever its class.
      ceiling = ceiling.min(RiskClass.READ);
    }
    return draft == null || draft.ceiling() == null ? ceiling : ceiling.min(draft.ceiling());
  }

  private static Intent intent(String purpose, RiskClass ceiling, @Nullable IntentDraft draft) {
    if (draft == null) {
      return new Intent(
          purpose,
          ceiling,
          null,
          Set.of(),
          Set.of(),
          Set.of(),
          null,
          IntentSource.REGISTERED_DEFAULT);
    }
    return new Intent(
        purpose,
        ceiling,
        draft.task(),
        orEmpty(draft.tools()),
        orEmpty(draft.resources()),
        orEmpty(draft.destinations()),
        draft.sensitivity(),
        draft.purpose() == null ? IntentSource.REGISTERED_DEFAULT : draft.source());
  }

  private boolean covers(Agent.Purpose purpose, @Nullable IntentDraft draft) {
    // the guard's own tools are covered only by a purpose that names them
    boolean own = target.id().startsWith(OwnTransport.SERVER + "/");
    if (purpose.tools().isEmpty() ? own : !named(purpose.tools())) {
      return false;
    }
    if (draft == null) {
      return true;
    }
    boolean toolCovered = draft.tools() == null || named(draft.tools());
    boolean sensitivityCovered =
        draft.sensitivity() == null || target.sensitivity().compareTo(draft.sensitivity()) <= 0;
    boolean destinationCovered =
        draft.destinations() == null || draft.destinations().contains(target.destination());
    // INVARIANT: an empty set of an Intent does not narrow, so a draft that covers nothing ends
    // here.
    boolean somewhere = draft.resources() == null || !draft.resources().isEmpty();
    return toolCovered && sensitivityCovered && destinationCovered && somewhere;
  }

  private boolean named(Set<String> patterns) {
    return patterns.stream().anyMatch(pattern -> ToolPattern.covers(pattern, target.id()));
  }

  private static Verdict outside(ReasonCode reason, String detail) {
    return new Outside(Refusal.of(reason, detail));
  }

  private static Set<String> orEmpty(@Nullable Set<String> set) {
    return set == null ? Set.of() : set;
  }
}
