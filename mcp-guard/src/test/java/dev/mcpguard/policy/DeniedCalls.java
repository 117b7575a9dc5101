package dev.mcpguard.policy;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.List;

/** Calls the shipped policy denies, each for one reason. */
final class DeniedCalls {
  private DeniedCalls() {}

  static List<JsonValue> all() {
    return List.of(
        with(text("admin"), "action", "properties", "class"),
        with(text("read"), "subject", "properties", "ceiling"),
        with(text("public"), "subject", "properties", "sensitivity"),
        with(list("mcp:read"), "subject", "properties", "scopes"),
        with(actors(), "subject", "properties", "delegation"),
        with(text("other"), "context", "intent", "purpose"),
        with(text("read"), "context", "intent", "class"),
        with(text("registered_default"), "context", "intent", "source"),
        with(list("crm/*"), "context", "intent", "tools"),
        with(list("partner"), "context", "intent", "destinations"),
        with(text("public"), "context", "intent", "sensitivity"),
        with(new JsonArray(List.of(finding())), "context", "findings"),
        with(text("quarantined"), "resource", "properties", "status"));
  }

  /**
   * A change that does not spoil a field but asks another, weaker question: an empty list or no bound
   * where the denied call had one. The guard writes these fields, never the caller.
   */
  static boolean weaker(String change) {
    String empty = " is " + new JsonArray(List.of());
    return List.of(
            "/subject/properties/delegation" + empty,
            "/context/intent/tools" + empty,
            "/context/intent/destinations" + empty,
            "without /context/intent/sensitivity",
            "/context/findings" + empty)
        .contains(change);
  }

  private static JsonValue finding() {
    return JsonObject.builder().put("argument", "/path").put("code", "outside").build();
  }

  private static JsonArray actors() {
    return new JsonArray(List.of(JsonObject.builder().put("subject", "mallory").build()));
  }

  private static JsonValue text(String text) {
    return new JsonString(text);
  }

  private static JsonValue list(String text) {
    return JsonArray.ofStrings(List.of(text));
  }

  private static JsonValue with(JsonValue value, String... path) {
    return IntentCell.put(Policies.permittedCall(), value, path);
  }
}
