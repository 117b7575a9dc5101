package dev.mcpguard.policy;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.NearMiss;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at one place of a document, by a JSON Schema: {@code type}, {@code properties},
 * {@code additionalProperties}, {@code items}, {@code prefixItems}, {@code anyOf}, {@code oneOf} and
 * local {@code $ref} are understood; whatever else a schema says can only be read as "anything", so that
 * no possible reference is refused. Immutable.
 */
final class InputShape {
  private static final int MOST_HOPS = 32;

  private final JsonObject document;
  private final List<JsonObject> alternatives;

  private InputShape(JsonObject document, List<JsonObject> alternatives) {
    this.document = document;
    this.alternatives = List.copyOf(alternatives);
  }

  static InputShape of(JsonObject schema) {
    return new InputShape(schema, List.of()).at(schema);
  }

  private InputShape at(JsonObject... schemas) {
    List<JsonObject> resolved = new ArrayList<>();
    for (JsonObject schema : schemas) {
      resolve(schema, resolved, MOST_HOPS);
    }
    return new InputShape(document, resolved);
  }

  private void resolve(JsonObject schema, List<JsonObject> into, int hops) {
    String target = schema.string("$ref");
    if (target != null) {
      JsonObject found = hops == 0 ? null : definition(target);
      resolve(found == null ? JsonObject.of() : found, into, hops - 1);
      return;
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      JsonArray choices = schema.array(choice);
      if (choices != null && hops > 0) {
        for (JsonValue each : choices.values()) {
          resolve(each instanceof JsonObject object ? object : JsonObject.of(), into, hops - 1);
        }
        return;
      }
    }
    into.add(schema);
  }

  private @Nullable JsonObject definition(String target) {
    JsonObject at = document;
    for (String part : target.replaceFirst("^#/?", "").split("/")) {
      at = at == null || part.isEmpty() ? at : at.object(part);
    }
    return target.startsWith("#") ? at : null;
  }

  /** What cannot be of a reference, or null if it can exist. */
  @Nullable String missing(String head, List<Term> path) {
    InputShape shape = this;
    String name = head;
    for (Term part : path) {
      InputShape below = shape.below(part);
      if (below.alternatives.isEmpty()) {
        return "undefined ref: `" + name + shown(part) + "` can never exist, " + shape.hint(name, part);
      }
      shape = below;
      name = name + shown(part);
    }
    return null;
  }

  private static String shown(Term part) {
    return switch (part) {
      case Term.Constant(StringValue key, var _) when key.text().matches("[A-Za-z_]\\w*") ->
          "." + key.text();
      case Term.Constant(Value key, var _) -> "[" + key + "]";
      case Term.Variable variable -> "[" + variable.shown() + "]";
      default -> "[...]";
    };
  }

  private String hint(String name, Term part) {
    Set<String> known = new TreeSet<>();
    for (JsonObject schema : alternatives) {
      JsonObject properties = schema.object("properties");
      known.addAll(properties == null ? Set.of() : properties.members().keySet());
    }
    if (known.isEmpty()) {
      return "`" + name + "` has no fields of that kind";
    }
    String text = part instanceof Term.Constant(StringValue key, var _) ? key.text() : "";
    String near = NearMiss.of(text, known);
    return near != null ? "did you mean `" + near + "`" : "`" + name + "` has " + String.join(", ", known);
  }

  private InputShape below(Term part) {
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject schema : alternatives) {
      if (open(schema)) {
        found.add(JsonObject.of());
        continue;
      }
      switch (part) {
        case Term.Constant(StringValue key, var _) -> member(schema, key.text(), found);
        case Term.Constant(NumberValue index, var _) -> elements(schema, found);
        case Term.Constant other -> {}
        default -> {
          members(schema, found);
          elements(schema, found);
        }
      }
    }
    return at(found.toArray(JsonObject[]::new));
  }

  /** Whether the schema says nothing that this class understands. */
  private static boolean open(JsonObject schema) {
    return types(schema).isEmpty() || schema.has("allOf") || schema.has("patternProperties");
  }

  private static Set<String> types(JsonObject schema) {
    Set<String> types = new TreeSet<>();
    switch (schema.get("type")) {
      case JsonString(String type) -> types.add(type);
      case JsonArray array ->
          array.values().forEach(type -> types.add(type instanceof JsonString(String t) ? t : ""));
      case null, default -> {}
    }
    return types;
  }

  private static void member(JsonObject schema, String name, List<JsonObject> into) {
    JsonObject properties = schema.object("properties");
    JsonValue named = properties == null ? null : properties.get(name);
    if (types(schema).contains("object")) {
      add(named == null ? schema.get("additionalProperties") : named, into);
    }
  }

  private static void members(JsonObject schema, List<JsonObject> into) {
    JsonObject properties = schema.object("properties");
    if (properties != null) {
      properties.members().keySet().forEach(name -> member(schema, name, into));
    }
    if (types(schema).contains("object")) {
      add(schema.get("additionalProperties"), into);
    }
  }

  private static void elements(JsonObject schema, List<JsonObject> into) {
    if (types(schema).contains("array")) {
      add(schema.has("prefixItems") ? null : schema.get("items"), into);
    }
  }

  /** Nothing said is anything; {@code false} is nothing. */
  private static void add(@Nullable JsonValue schema, List<JsonObject> into) {
    if (schema != JsonBoolean.FALSE) {
      into.add(schema instanceof JsonObject object ? object : JsonObject.of());
    }
  }
}
