package dev.mcpguard.audit.export;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  static JsonObject event(JsonObject record) {
    return object(record, "event");
  }

  static boolean isEvent(JsonObject record) {
    return "event".equals(record.string("kind"));
  }

  /** The server a record is about: of the registered tool or primitive, else as asked for. */
  static @Nullable String server(JsonObject record) {
    return first(record, List.of("server"));
  }

  /** The tool, prompt or resource a record is about, likewise. */
  static @Nullable String name(JsonObject record) {
    return first(record, List.of("name", "tool", "prompt", "resource"));
  }

  private static @Nullable String first(JsonObject record, List<String> names) {
    for (String member : List.of("tool", "primitive", "asked", "event")) {
      for (String name : names) {
        String value = object(record, member).string(name);
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  /** Unique over all instances: {@code instance:seq}. Events do not name the instance themselves. */
  static String id(JsonObject record, String instance) {
    JsonValue sequence = record.get("seq");
    return instance + ":" + (sequence instanceof JsonNumber number ? number.text() : "");
  }

  private static JsonObject object(JsonObject record, String name) {
    JsonObject object = record.object(name);
    return object == null ? JsonObject.of() : object;
  }
}
