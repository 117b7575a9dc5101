package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import java.time.LocalDate;
import java.util.List;

/** What the agent register says of a verified token, up to the date. Pure. */
sealed interface CallerResolution {

  /** A registered agent, narrowed by the chain of actors. */
  record Registered(Agent agent, List<Principal.Delegate> chain) implements CallerResolution {
    boolean overdue(LocalDate today) {
      return today.isAfter(agent.reviewBy());
    }
  }

  /** The caller may not act. */
  record Barred(ReasonCode reason, String detail) implements CallerResolution {}

  static CallerResolution of(VerifiedToken token, AgentRegister register) {
    return of(token.key(), token.claims(), register);
  }

  static CallerResolution of(PrincipalKey key, JsonObject claims, AgentRegister register) {
    List<Agent> agents = register.find(key.issuer(), claims);
    if (agents.size() != 1) {
      return new Barred(
          ReasonCode.AGENT_UNREGISTERED,
          agents.isEmpty() ? "no registered agent matches" : "several agents match");
    }
    Agent agent = agents.get(0);
    if (agent.state() == Agent.State.DISABLED) {
      return new Barred(ReasonCode.AGENT_DISABLED, "the agent is disabled");
    }
    List<Delegation.Actor> chain = Delegation.read(key, claims);
    if (chain == null) {
      return new Barred(ReasonCode.DELEGATION_INVALID, "the chain of actors is unreadable");
    }
    for (Delegation.Actor actor : chain) {
      List<Agent> acting = register.find(actor.issuer(), actor.claims());
      if (acting.size() != 1 || acting.get(0).state() == Agent.State.DISABLED) {
        return new Barred(
            ReasonCode.DELEGATION_INVALID,
            "an actor of the chain is not exactly one registered agent that may act");
      }
      agent = DelegatedAgent.narrow(agent, acting.get(0));
    }
    return new Registered(agent, chain.stream().map(Delegation.Actor::delegate).toList());
  }
}
