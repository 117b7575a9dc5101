package dev.mcpguard.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Into which schemas the flat arguments go. */
final class IntentArgumentsTest {

  private static JsonObject definition(String schema) {
    return Calls.json("{\"name\":\"t\",\"inputSchema\":" + schema + ",\"x\":1}");
  }

  @Test
  void argumentsAreAddedAndThePurposeIsRequiredUnlessThereIsADefault() {
    JsonObject plain =
        definition(
            "{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"],"
                + "\"additionalProperties\":false}");
    String must = JsonText.text(IntentArguments.inject(plain, Calls.agent(null)));
    assertTrue(must.contains("\"required\":[\"a\",\"guard_purpose\"]"), must);
    assertTrue(must.contains("\"enum\":[\"fix\",\"look\",\"rule\"]"), must);
    String may = JsonText.text(IntentArguments.inject(plain, Calls.agent("look")));
    assertTrue(may.contains("\"required\":[\"a\"]"), may);
    assertTrue(may.contains("\"guard_task\""), may);
    String bare =
        JsonText.text(
            IntentArguments.inject(definition("{\"type\":\"object\"}"), Calls.agent(null)));
    assertTrue(bare.contains("\"required\":[\"guard_purpose\"]"), bare);
  }

  @Test
  void schemaThatCouldRefuseTheArgumentsIsLeftAlone() {
    for (String schema :
        List.of(
            "{}",
            "true",
            "{\"type\":\"array\"}",
            "{\"type\":[\"object\"]}",
            "{\"type\":\"object\",\"properties\":5}",
            "{\"type\":\"object\",\"required\":\"a\"}",
            "{\"type\":\"object\",\"required\":[\"guard_task\"]}",
            "{\"type\":\"object\",\"properties\":{\"guard_task\":{}}}",
            "{\"type\":\"object\",\"properties\":{\"guard_purpose\":false}}",
            "{\"type\":\"object\",\"allOf\":[{\"additionalProperties\":false}]}",
            "{\"type\":\"object\",\"anyOf\":[]}",
            "{\"type\":\"object\",\"oneOf\":[]}",
            "{\"type\":\"object\",\"not\":{}}",
            "{\"type\":\"object\",\"if\":{}}",
            "{\"type\":\"object\",\"$ref\":\"#/$defs/a\"}",
            "{\"type\":\"object\",\"$dynamicRef\":\"#a\"}",
            "{\"type\":\"object\",\"$recursiveRef\":\"#\"}",
            "{\"type\":\"object\",\"const\":{}}",
            "{\"type\":\"object\",\"enum\":[{}]}",
            "{\"type\":\"object\",\"patternProperties\":{\"^g\":false}}",
            "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":3}}",
            "{\"type\":\"object\",\"unevaluatedProperties\":false}",
            "{\"type\":\"object\",\"maxProperties\":1}",
            "{\"type\":\"object\",\"dependentSchemas\":{\"guard_task\":false}}",
            "{\"type\":\"object\",\"dependencies\":{\"guard_task\":{\"not\":{}}}}")) {
      JsonObject odd = definition(schema);
      assertFalse(IntentArguments.injectable(odd), schema);
      assertSame(odd, IntentArguments.inject(odd, Calls.agent(null)), schema);
    }
    assertFalse(IntentArguments.injectable(Calls.json("{\"name\":\"t\"}")));
  }

  @Test
  void nothingButTheSchemaChangesAndTheOriginalStays() {
    JsonObject plain =
        definition("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
    JsonObject changed = IntentArguments.inject(plain, Calls.agent("look"));
    assertEquals(plain.without("inputSchema"), changed.without("inputSchema"));
    assertTrue(IntentArguments.injectable(plain));
    assertFalse(IntentArguments.injectable(changed), "and never twice");
  }
}
