package dev.mcpguard.policy;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ReasonCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of policy means, the same for the embedded engine and a remote OPA: only an object
 * whose {@code decision} is exactly true and whose duties can be read permits. Pure.
 */
public final class DecisionReader {
  /** The most telling reason first. A missing scope is told only where it is all that is missing. */
  private static final List<ReasonCode> TELLING =
      List.of(
          ReasonCode.DELEGATION_INVALID,
          ReasonCode.AGENT_UNREGISTERED,
          ReasonCode.AGENT_DISABLED,
          ReasonCode.AGENT_OVERDUE,
          ReasonCode.PURPOSE_UNREGISTERED,
          ReasonCode.INTENT_MISSING,
          ReasonCode.INTENT_EXCEEDED,
          ReasonCode.CLASS_EXCEEDED,
          ReasonCode.ARGUMENT_REFUSED,
          ReasonCode.FLOW_DENIED,
          ReasonCode.RATE_LIMITED,
          ReasonCode.BUDGET_SPENT);

  private DecisionReader() {}

  /**
   * Reads an answer.
   *
   * @param answer the document at {@code data.mcpguard.authz.decision}; null if undefined
   */
  public static Decision read(@Nullable JsonValue answer, String revision) {
    if (!(answer instanceof JsonObject object)
        || !(object.get("decision") instanceof JsonBoolean permitted)) {
      return undefined("the policy gave no boolean decision", revision);
    }
    JsonObject context = object.object("context");
    JsonArray reasons = context == null ? null : context.array("reasons");
    if (context == null || reasons == null) {
      return undefined("the policy gave no reasons", revision);
    }
    if (!permitted.value()) {
      return deny(reasons, revision);
    }
    List<Obligation> obligations = obligations(context.get("obligations"));
    return obligations == null
        ? undefined("the policy gave obligations that cannot be read", revision)
        : new Decision.Permit(obligations, reasons, revision);
  }

  private static Decision deny(JsonArray reasons, String revision) {
    Set<ReasonCode> codes = new HashSet<>();
    String scope = null;
    for (JsonValue reason : reasons.values()) {
      String text = reason instanceof JsonObject object ? object.string("code") : null;
      ReasonCode code = text == null ? null : ReasonCode.ofText(text);
      codes.add(code == null ? ReasonCode.POLICY_DENIED : code);
      if (code == ReasonCode.SCOPE_INSUFFICIENT) {
        scope = ((JsonObject) reason).string("scope");
      }
    }
    if (codes.equals(Set.of(ReasonCode.SCOPE_INSUFFICIENT)) && scope != null) {
      JsonObject data = JsonObject.builder().put("scope", scope).build();
      return new Decision.Deny(ReasonCode.SCOPE_INSUFFICIENT, reasons, data, revision);
    }
    ReasonCode first =
        TELLING.stream().filter(codes::contains).findFirst().orElse(ReasonCode.POLICY_DENIED);
    return new Decision.Deny(first, reasons, JsonObject.of(), revision);
  }

  private static @Nullable List<Obligation> obligations(@Nullable JsonValue value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      return null;
    }
    List<Obligation> obligations = new ArrayList<>();
    for (JsonValue entry : array.values()) {
      String type = entry instanceof JsonObject object ? object.string("type") : null;
      if (type == null) {
        return null;
      }
      obligations.add(new Obligation(type, ((JsonObject) entry).without("type")));
    }
    return obligations;
  }

  private static Decision undefined(String detail, String revision) {
    return new Decision.Indeterminate(ReasonCode.POLICY_UNDEFINED, detail, revision);
  }
}
