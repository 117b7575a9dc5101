package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.RegisteredPrimitive;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

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

  /** The answer to a call as this caller may have it. */
  Answer told(ToolCall call, Answer answer) {
    return told(answer, caller -> visible(call, caller));
  }

  /** The answer to a request for another primitive as this caller may have it. */
  Answer told(PrimitiveCall call, Answer answer) {
    return told(answer, caller -> visible(call, caller));
  }

  private static Answer told(Answer answer, Predicate<Principal> visible) {
    if (!(answer instanceof Answer.Refused refused)
        || !TELLING.contains(refused.refusal().reason())
        || refused.refusal().fate() != Fate.NOT_FORWARDED) {
      return answer;
    }
    Principal caller = refused.principal();
    if (caller != null && visible.test(caller)) {
      return answer;
    }
    Refusal unknown = Refusal.of(ReasonCode.TOOL_UNKNOWN, refused.refusal().detail());
    return new Answer.Refused(refused.decisionId(), unknown, caller);
  }

  private boolean visible(PrimitiveCall call, Principal principal) {
    PrimitiveCall.Target target = call.target();
    try {
      RegisteredPrimitive primitive =
          parts.primitives().find(call.server(), target.kind(), target.name());
      // whoever reaches the route knows the server; only what is in a list can be hidden
      return target.kind() == PrimitiveKind.SERVER
          || (primitive != null
              && parts.policy().visible(PolicyInput.listing(list(call), principal, primitive, now())));
    } catch (RuntimeException failed) {
      return false;
    }
  }

  private static ListRequest list(GatedRequest call) {
    return new ListRequest(call.facts(), null, JsonObject.of());
  }

  private Instant now() {
    return parts.passages().clock().instant();
  }

  private boolean visible(ToolCall call, Principal principal) {
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
    return parts.policy().visible(PolicyInput.listing(list(call), principal, tool, now()));
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
