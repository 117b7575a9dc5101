package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which registered agent verified claims name, and whether it may act. A function of the register,
 * the claims and the day alone, so that replay decides it again from a record. Pure.
 */
public sealed interface AgentStanding {

  /** The agent may act; {@code delegation} is the chain of actors, current first. */
  record Registered(Agent agent, List<Principal.Delegate> delegation) implements AgentStanding {
    public Registered {
      delegation = List.copyOf(delegation);
    }
  }

  /** It may not. */
  record Refused(ReasonCode reason, String detail) implements AgentStanding {}

  /** The standing of the caller with these verified claims at that time. */
  static AgentStanding of(
      AgentRegister register, PrincipalKey key, JsonObject claims, Instant now) {
    return switch (CallerResolution.of(key, claims, register)) {
      case CallerResolution.Barred(ReasonCode reason, String detail) -> new Refused(reason, detail);
      case CallerResolution.Registered caller ->
          caller.overdue(LocalDate.ofInstant(now, ZoneOffset.UTC))
              ? new Refused(ReasonCode.AGENT_OVERDUE, "the agent's review is overdue")
              : new Registered(caller.agent(), caller.chain());
    };
  }
}
