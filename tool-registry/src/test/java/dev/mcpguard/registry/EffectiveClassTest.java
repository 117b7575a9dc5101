package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EffectiveClassTest {
  private static JsonObject definition(String rest) {
    return Manifests.json("{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}" + rest + "}");
  }

  private static EffectiveClass of(RiskClass declared, JsonObject definition) {
    return EffectiveClass.of(new Classification(declared, Set.of()), definition, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                              | read  | false",
        "{\"readOnlyHint\":true}                         | read  | false",
        "{\"readOnlyHint\":false}                        | write | false",
        "{\"readOnlyHint\":\"true\"}                     | write | false",
        "{\"readOnlyHint\":null}                         | write | false",
        "{\"destructiveHint\":false}                     | read  | false",
        "{\"destructiveHint\":true}                      | write | true",
        "{\"destructiveHint\":1}                         | write | true",
        "{\"readOnlyHint\":true,\"destructiveHint\":true}| write | true",
        "{\"ReadOnlyHint\":false}                        | read  | false",
        "[]                                              | write | false",
      })
  void explicitHintsRaiseAndAbsentOnesSayNothing(String hints, String text, boolean destructive) {
    EffectiveClass effective = of(RiskClass.READ, definition(",\"annotations\":" + hints));
    assertEquals(text, effective.classification().riskClass().text());
    assertEquals(destructive, effective.classification().effects().contains(Effect.DESTRUCTIVE));
  }

  @ParameterizedTest
  @EnumSource(RiskClass.class)
  void nothingLowersTheDeclaration(RiskClass declared) {
    JsonObject lying =
        definition(",\"annotations\":{\"readOnlyHint\":true,\"destructiveHint\":false}");
    assertEquals(declared, of(declared, lying).classification().riskClass());
    ClassFinding harmless =
        new ClassFinding(new Classification(RiskClass.READ, Set.of(Effect.IDEMPOTENT)), "reads");
    EffectiveClass effective =
        EffectiveClass.of(
            new Classification(declared, Set.of(Effect.DESTRUCTIVE)), lying, harmless);
    assertEquals(declared, effective.classification().riskClass());
    assertEquals(Set.of(Effect.DESTRUCTIVE), effective.classification().effects());
  }

  @Test
  void classifierRaisesAndSaysWhy() {
    ClassFinding finding =
        new ClassFinding(
            new Classification(RiskClass.ADMIN, Set.of(Effect.CREDENTIAL)), "it mints a token");
    EffectiveClass effective =
        EffectiveClass.of(
            new Classification(RiskClass.READ, Set.of(Effect.IDEMPOTENT)), definition(""), finding);
    assertEquals(RiskClass.ADMIN, effective.classification().riskClass());
    assertEquals(
        Set.of(Effect.CREDENTIAL, Effect.IDEMPOTENT), effective.classification().effects());
    assertTrue(effective.reasons().contains("it mints a token"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sql\":{}}",
        "{\"SQL\":{\"type\":\"string\"}}",
        "{\"sqlQuery\":{}}",
        "{\"shell_command\":{}}",
        "{\"cmd\":{\"type\":[\"string\"]}}",
        "{\"command\":{\"type\":\"array\"}}",
        "{\"method\":{},\"url\":{}}",
        "{\"http_method\":{},\"endpoint\":{}}",
        "{\"method\":{\"enum\":[\"GET\",\"DELETE\"]},\"path\":{}}",
        "{\"query\":{\"description\":\"a SQL query\"}}",
        "{\"code\":{\"description\":\"executed in a sandbox\"}}",
        "{\"options\":{\"properties\":{\"sql\":{}}}}",
        "{\"all\":{\"items\":{\"properties\":{\"sql\":{}}}}}",
        "{\"x\":{\"additionalProperties\":{\"properties\":{\"sql\":{}}}}}",
        "{\"x\":{\"oneOf\":[{\"properties\":{\"script\":{}}}]}}",
        "{\"x\":{\"$ref\":\"#/$defs/d\"}}"
      })
  void toolWhoseArgumentsDecideIsAdminUntilARuleProvesLess_B5(String properties) throws Exception {
    JsonObject definition =
        Manifests.json(
            "{\"name\":\"t\",\"inputSchema\":{\"properties\":"
                + properties
                + ",\"$defs\":{\"d\":{\"properties\":{\"sql\":{}}}}}}");
    RegisteredTool tool = Manifests.tool("class: read\n");
    assertEquals(RiskClass.READ, tool.riskClass());
    RegisteredTool raised = of(RiskClass.READ, definition).applyTo(tool);
    assertEquals(RiskClass.ADMIN, raised.riskClass());
    assertEquals(RiskClass.ADMIN, ArgumentJudge.judge(raised, Manifests.json("{}")).riskClass());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"query\":{\"description\":\"words to search for\"}}",
        "{\"country_code\":{}}",
        "{\"method\":{}}",
        "{\"command_id\":{}}",
        "{\"method\":{\"enum\":[\"GET\",\"HEAD\"]},\"url\":{}}",
        "{\"sql\":{\"type\":\"boolean\"}}",
        "{\"postcode\":{}}",
        "{\"url\":{}}"
      })
  void ordinaryArgumentsDecideNothing(String properties) {
    JsonObject definition =
        Manifests.json("{\"name\":\"t\",\"inputSchema\":{\"properties\":" + properties + "}}");
    assertEquals(Set.of(), of(RiskClass.READ, definition).deciding());
  }

  @Test
  void ruleProvesTheCallNarrower_B5() throws Exception {
    RegisteredTool tool =
        Manifests.tool("class: read\narguments: {sql: {kind: sql, class: read}}\n");
    JsonObject definition =
        Manifests.json("{\"name\":\"t\",\"inputSchema\":{\"properties\":{\"sql\":{},\"cmd\":{}}}}");
    RegisteredTool both = of(RiskClass.READ, definition).applyTo(tool);
    JsonObject call = Manifests.json("{\"sql\":\"SELECT 1\"}");
    assertEquals(RiskClass.ADMIN, ArgumentJudge.judge(both, call).riskClass());
    JsonObject one =
        Manifests.json("{\"name\":\"t\",\"inputSchema\":{\"properties\":{\"sql\":{}}}}");
    RegisteredTool sqlOnly = of(RiskClass.READ, one).applyTo(tool);
    assertEquals(RiskClass.READ, sqlOnly.riskClass());
    assertEquals(RiskClass.READ, ArgumentJudge.judge(sqlOnly, call).riskClass());
  }

  @Test
  void schemaThatRefersToItselfEndsInTimeOfItsSize_E8() {
    String bomb = "{\"$ref\":\"#\"},".repeat(2_000) + "{\"$ref\":\"#/allOf\"},{\"$ref\":\"#\"}";
    JsonObject tree =
        Manifests.json(schema("\"allOf\":[{\"$ref\":\"#\"}],\"properties\":{\"a\":{}}"));
    assertEquals(Set.of(), of(RiskClass.READ, tree).deciding());
    JsonObject definition =
        Manifests.json(schema("\"properties\":{\"sql\":{}},\"allOf\":[" + bomb + "]"));
    assertEquals(
        Set.of(new JsonPointer(""), new JsonPointer("/sql")),
        of(RiskClass.READ, definition).deciding());
    StringBuilder chain = new StringBuilder("\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < 5_000; i++) {
      chain.append("\"d" + i + "\":{\"$ref\":\"#/$defs/d" + (i + 1) + "\"},");
    }
    JsonObject deep = Manifests.json(schema(chain + "\"d5000\":{}}"));
    assertEquals(Set.of(new JsonPointer("")), of(RiskClass.READ, deep).deciding());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$ref\":\"https://evil.example/x\"", "\"$ref\":\"#/$defs/nothing\"",
            "\"$ref\":\"#anchor\"",
        "\"$ref\":7", "\"$dynamicRef\":\"#x\"", "\"properties\":{\"a\":{\"$ref\":\"other.json\"}}"
      })
  void schemaThatCannotBeFollowedIsAdminWhateverTheRules_E8(String schema) throws Exception {
    JsonObject definition = Manifests.json(schema(schema));
    RegisteredTool tool = of(RiskClass.READ, definition).applyTo(Manifests.tool("class: read\n"));
    assertEquals(RiskClass.ADMIN, tool.riskClass());
    assertEquals(RiskClass.ADMIN, ArgumentJudge.judge(tool, Manifests.json("{}")).riskClass());
  }

  private static String schema(String members) {
    return "{\"name\":\"t\",\"inputSchema\":{" + members + "}}";
  }
}
