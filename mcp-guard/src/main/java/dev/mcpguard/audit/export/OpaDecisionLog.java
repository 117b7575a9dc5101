package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision log event of OPA, for admissions and refusals; input as it was decided. Outcomes and
 * events are no decisions and have none. A refusal that came before policy was asked names no path
 * and has the guard's reason in its result; one that policy had permitted has the guard's reason beside
 * those of policy. Pure.
 */
public final class OpaDecisionLog {
  private OpaDecisionLog() {}

  /** The event, or null for a record in which nothing was decided. */
  public static @Nullable JsonObject of(JsonObject record, String instance) {
    String kind = record.string("kind");
    if (!"admission".equals(kind) && !"refusal".equals(kind)) {
      return null;
    }
    JsonObject decision = record.object("decision");
    JsonObject labels =
        JsonObject.builder().put("id", instance).put("app", "mcp-guard").build();
    JsonObject.Builder event =
        JsonObject.builder()
            .put("labels", labels)
            .putIfPresent("decision_id", record.string("decision_id"));
    if (decision != null) {
      JsonObject revision =
          JsonObject.builder().putIfPresent("revision", decision.string("revision")).build();
      event.put("bundles", JsonObject.builder().put("mcpguard", revision).build());
      event.put("path", "mcpguard/authz/decision");
    }
    return event
        .putIfPresent("input", record.get("input"))
        .put("result", result(record, decision))
        .putIfPresent("requested_by", record.string("remote"))
        .putIfPresent("timestamp", record.string("time"))
        .build();
  }

  private static JsonObject result(JsonObject record, @Nullable JsonObject decision) {
    // what is written as a refusal was not let through, whatever policy alone had said
    boolean permitted =
        "admission".equals(record.string("kind"))
            && decision != null
            && "permit".equals(decision.string("result"));
    JsonObject.Builder context = JsonObject.builder().put("reasons", reasons(record, decision));
    if (decision != null) {
      context.putIfPresent("obligations", decision.get("obligations"));
    }
    return JsonObject.builder()
        .put("decision", permitted)
        .put("context", context.build())
        .build();
  }

  private static JsonArray reasons(JsonObject record, @Nullable JsonObject decision) {
    JsonArray said = decision == null ? null : decision.array("reasons");
    List<JsonValue> reasons = new ArrayList<>(said == null ? List.of() : said.values());
    boolean denied = decision != null && !"permit".equals(decision.string("result"));
    String own = record.string("reason");
    if (own != null && !denied) {
      reasons.add(JsonObject.builder().put("code", own).build());
    }
    return new JsonArray(reasons);
  }
}
