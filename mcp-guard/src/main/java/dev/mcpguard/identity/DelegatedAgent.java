package dev.mcpguard.identity;

import dev.mcpguard.model.Agent;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right of a delegated call: the agent's, narrowed by every actor of the chain (threat A19). No
 * actor adds anything. Pure.
 */
final class DelegatedAgent {
  private DelegatedAgent() {}

  /** {@code agent} with no more than {@code actor} may do. */
  static Agent narrow(Agent agent, Agent actor) {
    if (agent.id().equals(actor.id())) {
      return agent;
    }
    Map<String, Agent.Purpose> purposes = new LinkedHashMap<>();
    agent
        .purposes()
        .forEach(
            (name, purpose) -> {
              Agent.Purpose common = common(purpose, actor.purposes().get(name));
              if (common != null) {
                purposes.put(name, common);
              }
            });
    String byDefault = agent.defaultPurpose();
    LocalDate review =
        agent.reviewBy().isBefore(actor.reviewBy()) ? agent.reviewBy() : actor.reviewBy();
    return new Agent(
        agent.id(),
        agent.owner(),
        purposes,
        byDefault != null && purposes.containsKey(byDefault) ? byDefault : null,
        agent.ceiling().min(actor.ceiling()),
        agent.sensitivity().compareTo(actor.sensitivity()) <= 0
            ? agent.sensitivity()
            : actor.sensitivity(),
        agent.version(),
        review,
        agent.state());
  }

  private static Agent.@Nullable Purpose common(Agent.Purpose one, Agent.@Nullable Purpose other) {
    if (other == null) {
      return null;
    }
    Set<String> tools = new LinkedHashSet<>();
    if (one.tools().isEmpty() || other.tools().isEmpty()) {
      tools.addAll(one.tools());
      tools.addAll(other.tools());
    } else {
      for (String tool : one.tools()) {
        other.tools().stream()
            .filter(pattern -> covers(pattern, tool))
            .forEach(p -> tools.add(tool));
        other.tools().stream().filter(pattern -> covers(tool, pattern)).forEach(tools::add);
      }
      if (tools.isEmpty()) {
        // An empty set would mean all tools.
        return null;
      }
    }
    return new Agent.Purpose(one.ceiling().min(other.ceiling()), tools);
  }

  private static boolean covers(String pattern, String tool) {
    return pattern.equals(tool)
        || (pattern.endsWith("/*") && tool.startsWith(pattern.substring(0, pattern.length() - 1)));
  }
}
