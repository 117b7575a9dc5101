package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares {@code Mcp-Param-*} with the arguments the schema marks {@code x-mcp-header}. */
final class ParameterHeaders {
  private static final String PREFIX = "mcp-param-";
  private static final int LONGEST_NUMBER = 64;

  private ParameterHeaders() {}

  static @Nullable String fault(RequestHead head, JsonObject schema, JsonObject arguments) {
    JsonObject properties = schema.object("properties");
    if (properties == null) {
      return null;
    }
    for (Map.Entry<String, JsonValue> property : properties.members().entrySet()) {
      if (property.getValue() instanceof JsonObject definition) {
        String fault = property(head, definition, arguments.get(property.getKey()));
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private static @Nullable String property(
      RequestHead head, JsonObject definition, @Nullable JsonValue argument) {
    String name = definition.string("x-mcp-header");
    if (name != null) {
      List<String> values = head.all(PREFIX + name);
      if (argument == null || argument == JsonNull.NULL) {
        return values.isEmpty() ? null : "Mcp-Param for an argument that is absent";
      }
      return values.size() == 1 && agrees(values.getFirst(), argument)
          ? null
          : "Mcp-Param does not equal its argument";
    }
    JsonObject nested = argument instanceof JsonObject object ? object : JsonObject.of();
    return fault(head, definition, nested);
  }

  private static boolean agrees(String header, JsonValue argument) {
    String value = HeaderValues.decode(header);
    if (value == null) {
      return false;
    }
    return switch (argument) {
      case JsonString text -> text.value().equals(value);
      case JsonBoolean flag -> (flag.value() ? "true" : "false").equals(value);
      case JsonNumber number -> sameAmount(number, value);
      case JsonObject _, JsonArray _, JsonNull _ -> false;
    };
  }

  /** Integers compare as numbers: {@code 42.0} is 42. */
  private static boolean sameAmount(JsonNumber number, String value) {
    if (value.length() > LONGEST_NUMBER || number.text().length() > LONGEST_NUMBER) {
      return false;
    }
    if (value.indexOf('e') >= 0 || value.indexOf('E') >= 0) {
      return value.equals(number.text());
    }
    try {
      return new JsonNumber(value).decimal().compareTo(number.decimal()) == 0;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
