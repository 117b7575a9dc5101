package dev.mcpguard.intent;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The flat string arguments by which unmodified clients and models declare intent: added to a
 * listed tool's schema, taken out again before anything is validated, digested or forwarded. Flat
 * on purpose: models fail on nested ones. Pure.
 */
public final class IntentArguments {
  /** The purpose. */
  public static final String PURPOSE = "guard_purpose";

  /** The caller's correlator. */
  public static final String TASK = "guard_task";

  private static final Set<String> COMBINATORS =
      Set.of(
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "if",
          "$ref",
          "$dynamicRef",
          "$recursiveRef",
          "const",
          "enum",
          "patternProperties",
          "propertyNames",
          "unevaluatedProperties",
          "maxProperties",
          "dependentSchemas",
          "dependencies");

  private IntentArguments() {}

  /**
   * Whether the arguments may be added to this tool: it has none of these names itself, and no
   * sub-schema could reject them. Otherwise intent reaches it by {@code _meta} only, and an
   * argument of such a name is the tool's own.
   */
  public static boolean injectable(JsonObject definition) {
    JsonObject schema = definition.object("inputSchema");
    if (schema == null || !"object".equals(schema.string("type"))) {
      return false;
    }
    JsonObject properties = schema.object("properties");
    JsonArray required = schema.array("required");
    if ((properties == null && schema.has("properties"))
        || (required == null && schema.has("required"))) {
      return false;
    }
    for (String name : List.of(PURPOSE, TASK)) {
      if ((properties != null && properties.has(name))
          || (required != null && required.values().contains(new JsonString(name)))) {
        return false;
      }
    }
    return schema.members().keySet().stream().noneMatch(COMBINATORS::contains);
  }

  /** The definition as this agent sees it in a list. */
  public static JsonObject inject(JsonObject definition, Agent agent) {
    JsonObject schema = definition.object("inputSchema");
    if (schema == null || !injectable(definition)) {
      return definition;
    }
    JsonObject properties = schema.object("properties");
    JsonObject extended =
        (properties == null ? JsonObject.of() : properties)
            .with(PURPOSE, purposeSchema(agent))
            .with(TASK, taskSchema());
    JsonObject changed = schema.with("properties", extended);
    if (agent.defaultPurpose() == null) {
      changed = changed.with("required", required(schema));
    }
    return definition.with("inputSchema", changed);
  }

  private static JsonArray required(JsonObject schema) {
    JsonArray declared = schema.array("required");
    List<JsonValue> names = new ArrayList<>(declared == null ? List.of() : declared.values());
    names.add(new JsonString(PURPOSE));
    return new JsonArray(names);
  }

  private static JsonObject purposeSchema(Agent agent) {
    List<String> names = agent.purposes().keySet().stream().sorted().toList();
    return JsonObject.builder()
        .put("type", "string")
        .put("maxLength", 128)
        .put("description", "why you call this tool: one of your registered purposes")
        // JSON Schema knows no empty `enum`.
        .putIfPresent("enum", names.isEmpty() ? null : JsonArray.ofStrings(names))
        .build();
  }

  private static JsonObject taskSchema() {
    return JsonObject.builder()
        .put("type", "string")
        .put("maxLength", 128)
        .put("description", "the task this call belongs to, if any")
        .build();
  }
}
