package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;

/** The decision log event of OPA, for admissions and refusals; input as it was decided. Pure. */
public final class OpaDecisionLog {
  private OpaDecisionLog() {}

  public static JsonObject of(JsonObject record) {
    JsonObject decision = Fields.decision(record);
    JsonObject revision =
        JsonObject.builder().putIfPresent("revision", decision.string("revision")).build();
    boolean permitted = "permit".equals(decision.string("result"));
    JsonObject context =
        JsonObject.builder()
            .putIfPresent("reasons", decision.get("reasons"))
            .putIfPresent("obligations", decision.get("obligations"))
            .build();
    JsonValue labels =
        JsonObject.builder()
            .putIfPresent("id", record.string("instance"))
            .put("app", new JsonString("mcp-guard"))
            .build();
    return JsonObject.builder()
        .put("labels", labels)
        .putIfPresent("decision_id", record.string("decision_id"))
        .put("bundles", JsonObject.builder().put("mcpguard", revision).build())
        .put("path", "mcpguard/authz/decision")
        .putIfPresent("input", record.get("input"))
        .put(
            "result",
            JsonObject.builder().put("decision", permitted).put("context", context).build())
        .putIfPresent("requested_by", record.string("remote"))
        .putIfPresent("timestamp", record.string("time"))
        .build();
  }
}
