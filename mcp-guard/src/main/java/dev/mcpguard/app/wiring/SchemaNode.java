package dev.mcpguard.app.wiring;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our values as the schema library reads them: the same parse, no second one. A number beyond what
 * arithmetic can bear in bounded time ({@code 1e999999999}) has no amount: reading it throws.
 * Immutable.
 */
record SchemaNode(JsonValue value, String pointer) implements JsonNode {
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LARGEST_EXPONENT = 1_000;

  /** Wraps values; the library's own meta-schemas come as text. */
  static final JsonNodeFactory FACTORY =
      new JsonNodeFactory() {
        @Override
        public JsonNode wrap(Object node) {
          if (node instanceof SchemaNode known) {
            return known;
          }
          if (node instanceof JsonValue value) {
            return new SchemaNode(value, "");
          }
          throw new IllegalArgumentException("not a value of the guard");
        }

        @Override
        public JsonNode create(String rawJson) {
          try {
            byte[] utf8 = rawJson.getBytes(StandardCharsets.UTF_8);
            return new SchemaNode(StrictJson.parse(utf8, JsonLimits.message()), "");
          } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException("a schema is not strict json", malformed);
          }
        }
      };

  @Override
  public String getJsonPointer() {
    return pointer;
  }

  @Override
  public SimpleType getNodeType() {
    return switch (value) {
      case JsonNull _ -> SimpleType.NULL;
      case JsonBoolean _ -> SimpleType.BOOLEAN;
      case JsonString _ -> SimpleType.STRING;
      case JsonArray _ -> SimpleType.ARRAY;
      case JsonObject _ -> SimpleType.OBJECT;
      case JsonNumber number ->
          amount(number).scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
    };
  }

  @Override
  public boolean asBoolean() {
    return value == JsonBoolean.TRUE;
  }

  @Override
  public String asString() {
    return value instanceof JsonString(String text) ? text : "";
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  @Override
  public BigDecimal asNumber() {
    return value instanceof JsonNumber number ? amount(number) : BigDecimal.ZERO;
  }

  /** Without trailing zeros, so that equal amounts are equal: {@code 1.0} and {@code 1}. */
  private static BigDecimal amount(JsonNumber number) {
    if (number.text().length() > LONGEST_NUMBER) {
      throw new ArithmeticException("a number has too many digits");
    }
    BigDecimal exact = number.decimal();
    if (Math.abs((long) exact.scale()) > LARGEST_EXPONENT) {
      throw new ArithmeticException("a number has too large an exponent");
    }
    return exact.stripTrailingZeros();
  }

  @Override
  public List<JsonNode> asArray() {
    List<JsonNode> nodes = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (JsonValue each : array.values()) {
        nodes.add(new SchemaNode(each, pointer + "/" + nodes.size()));
      }
    }
    return nodes;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    Map<String, JsonNode> nodes = new LinkedHashMap<>();
    if (value instanceof JsonObject object) {
      object
          .members()
          .forEach(
              (name, each) ->
                  nodes.put(
                      name,
                      new SchemaNode(each, pointer + "/" + JsonNode.encodeJsonPointer(name))));
    }
    return nodes;
  }
}
