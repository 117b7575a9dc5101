package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OCSF 1.8 API Activity (class 6003) with the {@code security_control} profile for everything a
 * request did, Base Event (class 0) for what the guard noticed by itself; with the parts of 1.9
 * ({@code ai_operation}) behind a switch. Pure.
 */
public final class Ocsf {
  private static final int CLASS = 6003;
  private static final int OTHER = 99;

  private Ocsf() {}

  /**
   * @param record a leaf
   * @param instance whose log it is of
   * @param unreleased whether to add the members of OCSF 1.9
   */
  public static JsonObject of(JsonObject record, String instance, boolean unreleased) {
    return Fields.isEvent(record)
        ? noticed(record, instance, unreleased)
        : request(record, instance, unreleased);
  }

  private static JsonObject request(JsonObject record, String instance, boolean unreleased) {
    int activity = activity(record);
    boolean refused = refused(record);
    boolean good = !refused && good(record);
    JsonObject.Builder event =
        JsonObject.builder()
            .put("class_uid", CLASS)
            .put("category_uid", 6)
            .put("activity_id", activity)
            .put("type_uid", CLASS * 100L + activity)
            .put("time", millis(record.string("time")))
            .put("severity_id", good ? 1 : 3)
            .put("status_id", good ? 1 : 2)
            .put("action_id", refused ? 2 : 1)
            .put("disposition_id", refused ? disposition(record.string("reason")) : 1)
            .put("metadata", metadata(record, instance, unreleased, true))
            .put("actor", actor(record))
            .put("api", api(record, instance))
            .put("src_endpoint", endpoint(record))
            .putIfPresent("status_detail", record.string("reason"));
    if (unreleased) {
      event.put("ai_agent", agent(record));
    }
    return event.build();
  }

  /** No request, so no actor and nothing that was allowed or denied. */
  private static JsonObject noticed(JsonObject record, String instance, boolean unreleased) {
    JsonObject event = Fields.event(record);
    return JsonObject.builder()
        .put("class_uid", 0)
        .put("category_uid", 0)
        .put("activity_id", OTHER)
        .putIfPresent("activity_name", event.string("type"))
        .put("type_uid", OTHER)
        .put("time", millis(record.string("time")))
        .put("severity_id", event.string("reason") == null ? 1 : 3)
        .put("metadata", metadata(record, instance, unreleased, false))
        .putIfPresent("message", event.string("type"))
        .put("unmapped", event)
        .build();
  }

  /** Refused, or admitted and then not sent; the outcome of a list has no reason and is neither. */
  private static boolean refused(JsonObject record) {
    boolean stopped =
        record.string("reason") != null && "not-forwarded".equals(record.string("fate"));
    return "refusal".equals(record.string("kind")) || stopped;
  }

  private static boolean good(JsonObject record) {
    String outcome = record.string("outcome");
    return record.string("reason") == null
        && !"unknown".equals(record.string("fate"))
        && !"server-error".equals(outcome)
        && !"failed".equals(outcome);
  }

  /** 1 create, 2 read, 3 update, 4 delete, 99 other: we know the class, not the verb. */
  private static int activity(JsonObject record) {
    return "read".equals(Fields.tool(record).string("class")) ? 2 : 99;
  }

  private static int disposition(@Nullable String reason) {
    if (reason == null) {
      return OTHER;
    }
    return switch (reason) {
      case "approval-pending" -> 23;
      case "grant-revoked" -> 24;
      case "unauthenticated", "scope-insufficient" -> 26;
      case "internal", "audit-unavailable", "policy-unavailable" -> 27;
      default -> 2;
    };
  }

  private static JsonObject metadata(
      JsonObject record, String instance, boolean unreleased, boolean request) {
    JsonObject product =
        JsonObject.builder().put("name", "mcp-guard").put("vendor_name", "mcp-guard").build();
    List<String> profiles = new ArrayList<>();
    if (request) {
      profiles.add("security_control");
    }
    if (request && unreleased) {
      profiles.add("ai_operation");
    }
    return JsonObject.builder()
        .put("version", unreleased ? "1.9.0" : "1.8.0")
        .put("product", product)
        .put("profiles", JsonArray.ofStrings(profiles))
        .put("uid", Fields.id(record, instance))
        .putIfPresent("sequence", record.get("seq"))
        .putIfPresent("correlation_uid", record.string("decision_id"))
        .build();
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

  private static JsonObject api(JsonObject record, String instance) {
    String name = Fields.name(record);
    String method = record.string("method");
    String asked = method == null || method.isEmpty() ? "unknown" : method;
    String operation = name == null ? asked : name;
    JsonObject service =
        JsonObject.builder().putIfPresent("name", Fields.server(record)).build();
    return JsonObject.builder()
        .put("operation", operation)
        .put("service", service)
        .put("request", JsonObject.builder().put("uid", Fields.id(record, instance)).build())
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
