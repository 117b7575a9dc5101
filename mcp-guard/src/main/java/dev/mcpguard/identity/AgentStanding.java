package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Principal;
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
  static AgentStanding of(AgentRegister register, String issuer, JsonObject claims, Instant now) {
    List<Agent> agents = register.find(issuer, claims);
    if (agents.size() != 1) {
      String detail = agents.isEmpty() ? "no registered agent matches" : "several agents match";
      return new Refused(ReasonCode.AGENT_UNREGISTERED, detail);
    }
    Agent agent = agents.getFirst();
    if (agent.state() == Agent.State.DISABLED) {
      return new Refused(ReasonCode.AGENT_DISABLED, "the agent is disabled");
    }
    if (LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(agent.reviewBy())) {
      return new Refused(ReasonCode.AGENT_OVERDUE, "the agent's review is overdue");
    }
    List<Principal.Delegate> delegation = Delegation.read(claims);
    return delegation == null
        ? new Refused(ReasonCode.DELEGATION_INVALID, "the chain of actors is unreadable")
        : new Registered(agent, delegation);
  }
}
