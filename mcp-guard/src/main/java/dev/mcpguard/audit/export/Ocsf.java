package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OCSF 1.8 API Activity (class 6003) with the {@code security_control} profile, and with the parts
 * of 1.9 ({@code ai_operation}) behind a switch. Pure.
 */
public final class Ocsf {
  private static final int CLASS = 6003;

  private Ocsf() {}

  /**
   * @param record a leaf
   * @param unreleased whether to add the members of OCSF 1.9
   */
  public static JsonObject of(JsonObject record, boolean unreleased) {
    int activity = activity(record);
    boolean allowed = "admission".equals(record.string("kind")) || Fields.executed(record);
    JsonObject.Builder event =
        JsonObject.builder()
            .put("class_uid", CLASS)
            .put("category_uid", 6)
            .put("activity_id", activity)
            .put("type_uid", CLASS * 100L + activity)
            .put("time", millis(record.string("time")))
            .put("severity_id", allowed ? 1 : 3)
            .put("status_id", allowed ? 1 : 2)
            .put("action_id", allowed ? 1 : 2)
            .put("disposition_id", disposition(record, allowed))
            .put("metadata", metadata(record, unreleased))
            .put("actor", actor(record))
            .put("api", api(record))
            .put("src_endpoint", endpoint(record))
            .putIfPresent("status_detail", record.string("reason"));
    if (unreleased) {
      event.put("ai_agent", agent(record));
    }
    return event.build();
  }

  /** 1 create, 2 read, 3 update, 4 delete, 99 other: we know the class, not the verb. */
  private static int activity(JsonObject record) {
    return "read".equals(Fields.tool(record).string("class")) ? 2 : 99;
  }

  private static int disposition(JsonObject record, boolean allowed) {
    String reason = record.string("reason");
    if (allowed) {
      return 1;
    }
    if (reason == null) {
      return 99;
    }
    return switch (reason) {
      case "approval-pending" -> 23;
      case "grant-revoked" -> 24;
      case "unauthenticated", "scope-insufficient" -> 26;
      case "internal", "audit-unavailable", "policy-unavailable" -> 27;
      default -> 2;
    };
  }

  private static JsonObject metadata(JsonObject record, boolean unreleased) {
    JsonObject product =
        JsonObject.builder().put("name", "mcp-guard").put("vendor_name", "mcp-guard").build();
    return JsonObject.builder()
        .put("version", unreleased ? "1.9.0" : "1.8.0")
        .put("product", product)
        .put(
            "profiles",
            new JsonArray(
                unreleased
                    ? List.of(text("security_control"), text("ai_operation"))
                    : List.of(text("security_control"))))
        .put("uid", Fields.id(record))
        .putIfPresent("sequence", record.get("seq"))
        .putIfPresent("correlation_uid", record.string("decision_id"))
        .build();
  }

  private static JsonValue text(String value) {
    return new JsonString(value);
  }

  private static JsonObject actor(JsonObject record) {
    JsonObject principal = Fields.principal(record);
    JsonObject policy =
        JsonObject.builder()
            .put("uid", "data.mcpguard.authz.decision")
            .putIfPresent("version", Fields.decision(record).string("revision"))
            .build();
    JsonObject authorization =
        JsonObject.builder()
            .putIfPresent("decision", Fields.decision(record).string("result"))
            .put("policy", policy)
            .build();
    JsonObject user =
        JsonObject.builder()
            .putIfPresent("uid", principal.string("subject"))
            .putIfPresent("name", principal.string("agent"))
            .putIfPresent("domain", principal.string("issuer"))
            .build();
    return JsonObject.builder()
        .put("user", user)
        .put("authorizations", JsonArray.of(authorization))
        .build();
  }

  private static JsonObject api(JsonObject record) {
    JsonObject tool = Fields.tool(record);
    String name = tool.string("name");
    String method = record.string("method");
    String operation = name != null ? name : method != null ? method : "unknown";
    JsonObject service =
        JsonObject.builder().putIfPresent("name", tool.string("server")).build();
    return JsonObject.builder()
        .put("operation", operation)
        .put("service", service)
        .put("request", JsonObject.builder().put("uid", Fields.id(record)).build())
        .build();
  }

  private static JsonObject endpoint(JsonObject record) {
    return JsonObject.builder().putIfPresent("ip", record.string("remote")).build();
  }

  private static JsonObject agent(JsonObject record) {
    JsonObject principal = Fields.principal(record);
    return JsonObject.builder()
        .putIfPresent("uid", principal.string("agent"))
        .putIfPresent("name", principal.string("agent"))
        .putIfPresent("charter", Fields.intent(record).string("purpose"))
        .build();
  }

  private static long millis(@Nullable String time) {
    try {
      return time == null ? 0 : Instant.parse(time).toEpochMilli();
    } catch (DateTimeParseException notATime) {
      return 0;
    }
  }
}
