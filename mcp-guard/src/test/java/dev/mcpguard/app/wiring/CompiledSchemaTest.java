package dev.mcpguard.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments against input schemas: what cannot be decided does not fit. */
class CompiledSchemaTest {

  private static JsonObject object(String json) {
    try {
      return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(json, malformed);
    }
  }

  private static boolean accepts(String schema, String arguments) {
    return CompiledSchema.of(object(schema)).accepts(object(arguments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1}|true", "{'a':1.0}|true", "{'a':1.5}|false", "{'a':6}|false", "{}|false",
        "{'a':'1'}|false", "{'a':1,'b':2}|false", "{'a':1e900}|false", "{'a':null}|false"
      })
  void argumentsAreComparedByValue(String arguments, boolean fits) {
    String schema =
        "{'type':'object','properties':{'a':{'type':'integer','maximum':5}},'required':['a'],"
            + "'additionalProperties':false}";
    assertEquals(fits, accepts(schema.replace('\'', '"'), arguments.replace('\'', '"')));
  }

  @Test
  void keywordsOf202012AreUnderstood() {
    String schema =
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
         "$defs": {"pair": {"$anchor": "pair", "prefixItems": [{"type": "string"}], "items": false}},
         "properties": {"p": {"$ref": "#/$defs/pair"}, "q": {"$ref": "#pair"}},
         "unevaluatedProperties": false, "dependentRequired": {"p": ["q"]}}""";
    assertTrue(accepts(schema, "{\"p\":[\"a\"],\"q\":[]}"));
    assertFalse(accepts(schema, "{\"p\":[\"a\"]}"));
    assertFalse(accepts(schema, "{\"p\":[\"a\",1],\"q\":[]}"));
    assertFalse(accepts(schema, "{\"r\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"https://evil.example/schema\"}",
        "{\"properties\":{\"unused\":{\"$ref\":\"file:///etc/passwd\"}}}",
        "{\"$dynamicRef\":\"other.json#x\"}",
        "{\"$schema\":\"https://evil.example/meta\"}",
        "{\"type\":5}",
        "{\"required\":\"a\"}",
        "{\"pattern\":\"(\"}",
        "{\"properties\":{\"a\":{\"patternProperties\":{\"[\":{}}}}}",
        "{\"$ref\":\"#\"}"
      })
  void aSchemaThatCannotBeAppliedAcceptsNothing(String schema) {
    assertFalse(accepts(schema, "{}"));
  }

  @Test
  void aSchemaThatIsTooDeepAcceptsNothing() {
    String deep = "{\"not\":".repeat(55) + "{}" + "}".repeat(55);
    assertFalse(accepts("{\"properties\":{\"x\":" + deep + "}}", "{}"));
  }
}
