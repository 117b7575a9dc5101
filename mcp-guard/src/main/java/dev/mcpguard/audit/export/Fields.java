package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;

/** Members of a record, empty when absent. */
final class Fields {
  private Fields() {}

  static JsonObject principal(JsonObject record) {
    return object(record, "principal");
  }

  static JsonObject intent(JsonObject record) {
    return object(record, "intent");
  }

  static JsonObject tool(JsonObject record) {
    return object(record, "tool");
  }

  static JsonObject decision(JsonObject record) {
    return object(record, "decision");
  }

  static boolean executed(JsonObject record) {
    return "executed".equals(record.string("fate"));
  }

  /** Unique over all instances: {@code instance:seq}. */
  static String id(JsonObject record) {
    String instance = record.string("instance");
    JsonValue sequence = record.get("seq");
    return (instance == null ? "" : instance) + ":"
        + (sequence instanceof JsonNumber number ? number.text() : "");
  }

  private static JsonObject object(JsonObject record, String name) {
    JsonObject object = record.object(name);
    return object == null ? JsonObject.of() : object;
  }
}
