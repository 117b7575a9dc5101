package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may learn from a refusal: a tool it could not even see in a list does not exist for it
 * ({@code tool-unknown}, the same bytes as for a tool that is not there). The record keeps the true
 * reason. Thread-safe.
 */
final class Disclosure {
  /** Reasons that would tell that the tool exists. */
  private static final Set<ReasonCode> TELLING =
      EnumSet.of(
          ReasonCode.TOOL_QUARANTINED,
          ReasonCode.TOOL_CHANGED,
          ReasonCode.ARGUMENTS_INVALID,
          ReasonCode.INTENT_MISSING,
          ReasonCode.INTENT_UNREADABLE,
          ReasonCode.INTENT_EXCEEDED,
          ReasonCode.INTENT_CONFLICT,
          ReasonCode.PURPOSE_UNREGISTERED,
          ReasonCode.POLICY_DENIED,
          ReasonCode.CLASS_EXCEEDED,
          ReasonCode.ARGUMENT_REFUSED,
          ReasonCode.FLOW_DENIED,
          ReasonCode.OBLIGATION_UNFULFILLED);

  private final GateParts parts;

  Disclosure(GateParts parts) {
    this.parts = parts;
  }

  /** The answer as this caller may have it. */
  Answer told(ToolCall call, Answer answer) {
    if (answer instanceof Answer.Refused refused
        && TELLING.contains(refused.refusal().reason())
        && refused.refusal().fate() == Fate.NOT_FORWARDED
        && !visible(call, refused.principal())) {
      Refusal unknown = Refusal.of(ReasonCode.TOOL_UNKNOWN, refused.refusal().detail());
      return new Answer.Refused(refused.decisionId(), unknown, refused.principal());
    }
    return answer;
  }

  private boolean visible(ToolCall call, @Nullable Principal principal) {
    if (principal == null) {
      return false;
    }
    try {
      return switch (parts.registry().find(call.server(), call.tool())) {
        case ToolLookup.Found(ServedTool tool) -> listed(call, principal, tool);
        case ToolLookup.NotServed gone -> hasPurposeFor(principal.agent(), call.resource());
      };
    } catch (RuntimeException failed) {
      return false;
    }
  }

  private boolean listed(ToolCall call, Principal principal, ServedTool tool) {
    ListRequest list = new ListRequest(call.facts(), null, JsonObject.of());
    return parts
        .policy()
        .visible(PolicyInput.listing(list, principal, tool, parts.passages().clock().instant()));
  }

  /** A tool that is not served cannot be put to policy; whoever has a purpose for it may know. */
  private static boolean hasPurposeFor(Agent agent, String resource) {
    String server = resource.substring(0, resource.indexOf('/')) + "/*";
    return agent.purposes().values().stream()
        .map(Agent.Purpose::tools)
        .anyMatch(
            tools -> tools.isEmpty() || tools.contains(resource) || tools.contains(server));
  }
}
