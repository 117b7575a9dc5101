package dev.mcpguard.policy;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Derived;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Between the guard's JSON tree and the engine's values; numbers keep their digits. Pure. */
public final class Documents {
  private static final Derived<JsonObject, Value> PARTS = new Derived<>(Documents::toValue);

  private Documents() {}

  /**
   * The engine's value of an input: its members but for {@code context} are snapshots of a caller
   * and a tool, which are found again.
   */
  static Value ofInput(JsonObject input) {
    ObjectValue.Builder builder = ObjectValue.builder(input.members().size());
    input
        .members()
        .forEach(
            (name, member) ->
                builder.put(
                    name,
                    member instanceof JsonObject object && !name.equals("context")
                        ? PARTS.of(object)
                        : toValue(member)));
    return builder.build();
  }

  /**
   * The engine's value.
   *
   * @throws NumberFormatException if a number is longer than the engine takes
   */
  public static Value toValue(JsonValue json) {
    return switch (json) {
      case JsonObject object -> {
        ObjectValue.Builder builder = ObjectValue.builder(object.members().size());
        object.members().forEach((name, member) -> builder.put(name, toValue(member)));
        yield builder.build();
      }
      case JsonArray array -> {
        ArrayValue.Builder builder = ArrayValue.builder(array.values().size());
        array.values().forEach(element -> builder.add(toValue(element)));
        yield builder.build();
      }
      case JsonString string -> StringValue.of(string.value());
      case JsonNumber number -> NumberValue.parse(number.text());
      case JsonBoolean flag -> BooleanValue.of(flag.value());
      case JsonNull none -> NullValue.NULL;
    };
  }

  /** The JSON of a value: a set as its array in order, a key that is no string as its JSON text. */
  public static JsonValue toJson(Value value) {
    return switch (value) {
      case ObjectValue object -> {
        JsonObject.Builder builder = JsonObject.builder();
        object.forEach(
            (key, member) ->
                builder.put(
                    key instanceof StringValue name ? name.text() : key.toString(),
                    toJson(member)));
        yield builder.build();
      }
      case ArrayValue array -> {
        List<JsonValue> elements = new ArrayList<>(array.size());
        array.forEach(element -> elements.add(toJson(element)));
        yield new JsonArray(elements);
      }
      case SetValue set -> {
        List<JsonValue> elements = new ArrayList<>(set.size());
        for (int i = 0; i < set.size(); i++) {
          elements.add(toJson(set.get(i)));
        }
        yield new JsonArray(elements);
      }
      case StringValue string -> new JsonString(string.text());
      case NumberValue number -> new JsonNumber(number.text());
      case BooleanValue flag -> JsonBoolean.of(flag.value());
      case NullValue none -> JsonNull.NULL;
    };
  }
}
