package dev.mcpguard.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** References to fields that can never exist are refused when a policy is loaded. */
class InputContractTest {

  private static List<Finding> findings(String body) {
    String module = "package p\n\nallow if {\n\t" + body + "\n}\n";
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> CompiledPolicies.compile(Policies.files(module), Policies.PATIENCE),
            body);
    return refused.findings();
  }

  @Test
  void impossibleReferencesAreFindingsWithFileAndLine() {
    for (String reference :
        List.of(
            "input.user == \"ann\"",
            "input.subject.roles",
            "input.subject.propertes.owner == \"x\"",
            "input.subject.properties.purposes.billing.klass == \"read\"",
            "some p in input.subject.properties.purposes\n\tp.x == input.contex.time",
            "input.subject.id.name == \"x\"",
            "input.context.findings.code == \"x\"",
            "input.context.findings[0].pointer == \"x\"",
            "input.context.findings[_].pointer == \"x\"",
            "some i\n\tinput.subject.properties.delegation[i].sub == \"x\"",
            "input.subject.properties.scopes.admin",
            "input.action.properties[\"klass\"] == \"read\"",
            "not input.resource.properties.aproved",
            "every s in input.subject.properties.scope {\n\t\ts == \"x\"\n\t}",
            "count({x | x := input.context.intents}) == 0",
            "input.context.intent.purpose == {\"x\": input.context.who}.x",
            "input[0] == 1")) {
      List<Finding> findings = findings(reference);
      assertEquals("policy.rego", findings.getFirst().file(), reference);
      assertTrue(findings.getFirst().line() >= 4, reference);
      assertTrue(findings.getFirst().problem().startsWith("undefined ref: `input"), reference);
    }
  }

  @Test
  void nearMissIsNamed() {
    String problem = findings("input.subject.propertes.owner == \"x\"").getFirst().problem();
    assertTrue(problem.contains("did you mean `properties`"), problem);
  }

  @Test
  void headsAndImportsAreJudgedToo() {
    for (String module :
        List.of(
            "package p\n\nx := input.nothing\n",
            "package p\n\nx[input.nothing] := 1\n",
            "package p\n\nx contains input.nothing\n",
            "package p\n\nimport input.nothing as n\n\nx if n.y\n",
            "package p\n\nf(a) := a if input.nothing\n",
            "package p\n\nx := 1 if false\n\nelse := input.nothing\n",
            "package p\n\ndefault x := 1\n\nx := 2 if input.nothing\n")) {
      assertThrows(
          ConfigException.class,
          () -> CompiledPolicies.compile(Policies.files(module), Policies.PATIENCE),
          module);
    }
  }

  @Test
  void possibleReferencesLoad() {
    for (String body :
        List.of(
            "input.context.arguments.anything.at.all == 1",
            "input.context.arguments[\"x\"][0] == 1",
            "input.subject.properties.purposes.billing.class == \"read\"",
            "input.subject.properties.purposes[input.context.intent.purpose].tools[0] == \"x\"",
            "some i\n\tinput.subject.properties.delegation[i].issuer == \"x\"",
            "input.subject.properties.tenant == \"x\"",
            "input.context.trace.traceparent",
            "input[x][y] == 1",
            "is_object(input)")) {
      String module = "package p\n\nallow if {\n\t" + body + "\n}\n";
      assertDoesNotThrow(
          () -> CompiledPolicies.compile(Policies.files(module), Policies.PATIENCE), module);
    }
  }

  @Test
  void recordedPoliciesLoadAsTheyDecided() {
    PolicyFiles files = Policies.files("package p\n\nallow if input.gone\n");
    assertDoesNotThrow(() -> CompiledPolicies.recorded(files, Policies.PATIENCE));
  }

  @Test
  void anotherSchemaCanBeGiven() throws Exception {
    InputContract contract =
        InputContract.of(
            (dev.mcpguard.json.JsonObject)
                Policies.json(
                    """
                    {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object",
                      "additionalProperties": false, "properties": {
                        "next": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/node"}]},
                        "list": {"type": ["array", "null"], "items": {"type": "string"}},
                        "free": {}}}}}
                    """));
    PolicyCompiler compiler = PolicyCompiler.guard().withContract(contract);
    compiler.compile(Policies.files("package p\n\nx := input.next.next.next.list[0]\n"));
    compiler.compile(Policies.files("package p\n\nx := input.free.a.b\n"));
    for (String reference : List.of("input.next.nxt", "input.list[0].x", "input.other")) {
      assertThrows(
          RefusedPolicyException.class,
          () -> compiler.compile(Policies.files("package p\n\nx := " + reference + "\n")),
          reference);
    }
  }

  @Test
  void publishedSchemaIsTheShippedOne() throws Exception {
    Path published =
        Policies.folder().resolveSibling("docs/schema/policy-input.schema.json");
    try (var shipped =
        Objects.requireNonNull(
            InputContract.class.getResourceAsStream("policy-input.schema.json"))) {
      assertArrayEquals(Files.readAllBytes(published), shipped.readAllBytes());
    }
  }
}
