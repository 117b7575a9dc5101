package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The blast radius: what could happen at worst if this agent or server went wrong. Immutable.
 *
 * @param tools reachable tools by the highest class of call
 * @param sending tools that send data out
 * @param agents the agents concerned
 */
public record AccessSummary(
    Map<RiskClass, Set<String>> tools,
    Set<String> sending,
    Set<String> agents,
    Set<Sensitivity> sensitivities,
    Set<Destination> destinations) {

  /** Of everything that is not denied. */
  public static AccessSummary of(Collection<AccessRow> rows) {
    Map<RiskClass, Set<String>> tools = new EnumMap<>(RiskClass.class);
    Set<String> sending = new TreeSet<>();
    Set<String> agents = new TreeSet<>();
    EnumSet<Sensitivity> sensitivities = EnumSet.noneOf(Sensitivity.class);
    EnumSet<Destination> destinations = EnumSet.noneOf(Destination.class);
    for (AccessRow row : rows) {
      if (row.reaches()) {
        tools
            .computeIfAbsent(row.verdict().highest(), none -> new TreeSet<>())
            .add(row.tool().id());
        agents.add(row.agent());
        sensitivities.add(row.tool().sensitivity());
        destinations.add(row.tool().destination());
        if (row.tool().effects().contains(Effect.EGRESS)) {
          sending.add(row.tool().id());
        }
      }
    }
    return new AccessSummary(tools, sending, agents, sensitivities, destinations);
  }

  /** For people. */
  public List<String> lines() {
    return List.of(
        "reads " + count(RiskClass.READ) + ", changes " + count(RiskClass.WRITE) + ", administers "
            + count(RiskClass.ADMIN) + ", sends out by " + sending.size() + " tools",
        "data " + texts(sensitivities.stream().map(Sensitivity::text).toList()) + "; to "
            + texts(destinations.stream().map(Destination::text).toList()) + "; agents "
            + texts(List.copyOf(agents)));
  }

  private int count(RiskClass riskClass) {
    return tools.getOrDefault(riskClass, Set.of()).size();
  }

  private static String texts(List<String> texts) {
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  /** For programs. */
  public JsonObject json() {
    JsonObject.Builder byClass = JsonObject.builder();
    new TreeMap<>(tools)
        .forEach(
            (riskClass, ids) ->
                byClass.put(riskClass.text(), JsonArray.ofStrings(List.copyOf(ids))));
    return JsonObject.builder()
        .put("tools", byClass.build())
        .put("sends_out", JsonArray.ofStrings(List.copyOf(sending)))
        .put("agents", JsonArray.ofStrings(List.copyOf(agents)))
        .put(
            "sensitivities",
            JsonArray.ofStrings(sensitivities.stream().map(Sensitivity::text).toList()))
        .put(
            "destinations",
            JsonArray.ofStrings(destinations.stream().map(Destination::text).toList()))
        .build();
  }
}
