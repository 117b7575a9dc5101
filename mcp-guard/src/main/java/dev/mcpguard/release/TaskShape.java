package dev.mcpguard.release;

import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of tasks (SEP-2663). An allow-list: what a task has no member for does not leave, so that
 * nothing of a result goes around its redaction. Pure.
 */
final class TaskShape {
  /** The longest id of a server's, in characters. */
  private static final int LONGEST_ID = 1024;

  private static final Set<String> STATES =
      Set.of("working", "input_required", "completed", "failed", "cancelled");
  private static final List<String> MEMBERS =
      List.of(
          "taskId", "status", "statusMessage", "createdAt", "lastUpdatedAt", "ttlMs",
          "pollIntervalMs");

  private TaskShape() {}

  /** What is wrong with the members every task has, or null. */
  static @Nullable String flaw(JsonObject task) {
    String id = task.string("taskId");
    if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
      return "the task has no id, or one that is too long";
    }
    if (!STATES.contains(String.valueOf(task.string("status")))) {
      return "the task has an unknown status";
    }
    if (!time(task.string("createdAt")) || !time(task.string("lastUpdatedAt"))) {
      return "the task does not say when it was made and changed";
    }
    JsonValue ttl = task.get("ttlMs");
    JsonValue poll = task.get("pollIntervalMs");
    boolean wrong =
        !(ttl == JsonNull.NULL || duration(ttl))
            || !(poll == null || duration(poll))
            || (task.has("statusMessage") && task.string("statusMessage") == null);
    return wrong ? "the task has a member of the wrong type" : null;
  }

  /** What is wrong with the answer to {@code tasks/get} besides, or null. */
  static @Nullable String flaw(JsonObject task, String asked, JsonObject capabilities) {
    String flaw = flaw(task);
    JsonValue type = task.get("resultType");
    if (flaw != null) {
      return flaw;
    }
    if (!asked.equals(task.string("taskId"))) {
      return "the answer is about another task";
    }
    if (type != null && !type.equals(new JsonString("complete"))) {
      return "the result has an unknown type";
    }
    return switch (status(task)) {
      case "completed" -> task.object("result") == null ? "the task has no result" : null;
      case "failed" -> task.object("error") == null ? "the task has no error" : null;
      case "input_required" ->
          ResultShape.requestsFlaw(task.object("inputRequests"), capabilities);
      default -> null;
    };
  }

  static String status(JsonObject task) {
    return String.valueOf(task.string("status"));
  }

  /**
   * The members a client may know of a task, without its payload.
   *
   * @param prose whether the server's own words may be among them
   */
  static JsonObject told(JsonObject task, String type, boolean prose) {
    JsonObject.Builder told = JsonObject.builder().put("resultType", type);
    for (String member : MEMBERS) {
      if (prose || !member.equals("statusMessage")) {
        told.putIfPresent(member, task.get(member));
      }
    }
    return told.build();
  }

  private static boolean time(@Nullable String text) {
    try {
      return text != null && OffsetDateTime.parse(text) != null;
    } catch (DateTimeParseException odd) {
      return false;
    }
  }

  private static boolean duration(@Nullable JsonValue value) {
    return value instanceof JsonNumber number
        && number.longValue() != null
        && number.longValue() >= 0;
  }
}
