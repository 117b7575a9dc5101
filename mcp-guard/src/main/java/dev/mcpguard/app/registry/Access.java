package dev.mcpguard.app.registry;

import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.registry.RiskClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What workloads can reach now: agents, registry and policy together, by asking the policy that is in
 * force the questions the gate would ask. Each factor only narrows; nothing is called. Thread-safe.
 */
public final class Access {
  private static final String ARGUMENTS = "argument-refused";

  private final CompiledPolicies policy;
  private final AccessQuestions questions;
  private final LocalDate today;

  /**
   * @param scopes of the token the agent would have
   */
  public Access(CompiledPolicies policy, Set<String> scopes, Instant now) {
    this.policy = policy;
    this.questions = new AccessQuestions(scopes, now);
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** What this agent can do with this tool. */
  public AccessRow of(AgentRegister.Entry agent, ServedTool tool) {
    boolean visible = policy.visible(questions.listing(agent, tool));
    return new AccessRow(agent.agent().id(), tool, visible, verdict(agent, tool));
  }

  private AccessRow.Verdict verdict(AgentRegister.Entry agent, ServedTool tool) {
    String stopped = stopped(agent.agent());
    if (stopped != null) {
      return denied(tool, Set.of(stopped));
    }
    Set<String> refusals = new TreeSet<>();
    AccessRow.@Nullable Verdict depends = null;
    for (RiskClass called : List.of(RiskClass.values()).reversed()) {
      if (called.covers(tool.registered().floor()) && tool.riskClass().covers(called)) {
        Map<String, Asked> asked = ask(agent, tool, called);
        AccessRow.Verdict permitted = verdict(AccessRow.Answer.PERMITTED, called, asked);
        if (permitted != null) {
          return permitted;
        }
        depends =
            depends == null ? verdict(AccessRow.Answer.DEPENDS, called, asked) : depends;
        asked.values().forEach(answered -> refusals.addAll(answered.why()));
      }
    }
    if (agent.agent().purposes().isEmpty()) {
      refusals.add("purpose-unregistered");
    }
    return depends == null ? denied(tool, refusals) : depends;
  }

  private static AccessRow.@Nullable Verdict verdict(
      AccessRow.Answer sought, RiskClass called, Map<String, Asked> asked) {
    List<String> purposes = new ArrayList<>();
    Set<String> why = new TreeSet<>();
    asked.forEach(
        (purpose, answered) -> {
          if (answered.answer() == sought) {
            purposes.add(purpose);
            why.addAll(answered.why());
          }
        });
    return purposes.isEmpty()
        ? null
        : new AccessRow.Verdict(sought, called, purposes, List.copyOf(why));
  }

  private static AccessRow.Verdict denied(ServedTool tool, Set<String> why) {
    return new AccessRow.Verdict(
        AccessRow.Answer.DENIED, tool.riskClass(), List.of(), List.copyOf(why));
  }

  private record Asked(AccessRow.Answer answer, Set<String> why) {}

  private Map<String, Asked> ask(AgentRegister.Entry agent, ServedTool tool, RiskClass called) {
    Map<String, Asked> answers = new TreeMap<>();
    for (String purpose : agent.agent().purposes().keySet()) {
      answers.put(
          purpose, read(policy.decide(questions.calling(agent, tool, called, purpose))));
    }
    return answers;
  }

  private static Asked read(Decision decision) {
    Set<String> why = new TreeSet<>();
    switch (decision) {
      case Decision.Permit permit -> {
        permit.obligations().forEach(duty -> why.add("with the duty " + duty.type()));
        return new Asked(AccessRow.Answer.PERMITTED, why);
      }
      case Decision.Deny deny -> {
        for (JsonValue reason : deny.reasons().values()) {
          why.add(reason instanceof JsonObject object ? words(object) : "denied");
        }
        boolean arguments =
            !why.isEmpty() && why.stream().allMatch(word -> word.startsWith(ARGUMENTS));
        return new Asked(
            arguments ? AccessRow.Answer.DEPENDS : AccessRow.Answer.DENIED, why);
      }
      case Decision.Indeterminate undecided ->
          why.add(undecided.reason().text() + ": " + undecided.detail());
    }
    return new Asked(AccessRow.Answer.DENIED, why);
  }

  private static String words(JsonObject reason) {
    String rule = reason.string("rule");
    return VisibleText.of(reason.string("code") + (rule == null ? "" : " (" + rule + ")"));
  }

  private @Nullable String stopped(Agent agent) {
    if (agent.state() == Agent.State.DISABLED) {
      return "agent-disabled";
    }
    return agent.reviewBy().isBefore(today) ? "agent-overdue" : null;
  }
}
