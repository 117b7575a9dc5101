package dev.mcpguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ReasonCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies that loop, overflow or say nothing usable never permit and never hang. */
class HostilePolicyTest {
  private static final String HEAD = "package mcpguard.authz\n\n";

  private static Decision decide(String rules, Duration deadline) throws ConfigException {
    return CompiledPolicies.compile(Policies.files(HEAD + rules), deadline)
        .decide(Policies.request(Policies.permittedCall()));
  }

  private static void assertIndeterminate(ReasonCode reason, String rules) throws ConfigException {
    Decision decision = decide(rules, Policies.PATIENCE);
    Decision.Indeterminate found =
        assertInstanceOf(Decision.Indeterminate.class, decision, () -> rules + ": " + decision);
    assertEquals(reason, found.reason(), rules);
  }

  @Test
  void undefinedDecisionIsPolicyUndefinedB7() throws ConfigException {
    assertIndeterminate(ReasonCode.POLICY_UNDEFINED, "other := true\n");
    assertIndeterminate(ReasonCode.POLICY_UNDEFINED, "decision := x if x := input.context.task\n"
        .replace("input.context.task", "input.context.intent.task"));
  }

  @Test
  void decisionThatIsNoBooleanIsPolicyUndefinedB7() throws ConfigException {
    for (String value :
        List.of(
            "true", "\"true\"", "1", "{}", "[]", "null", "{\"decision\": \"true\"}",
            "{\"decision\": 1, \"context\": {\"reasons\": []}}", "{\"decision\": true}",
            "{\"decision\": true, \"context\": {}}",
            "{\"decision\": true, \"context\": {\"reasons\": {}}}",
            "{\"decision\": true, \"context\": {\"reasons\": [], \"obligations\": 1}}",
            "{\"decision\": true, \"context\": {\"reasons\": [], \"obligations\": [{}]}}",
            "{\"Decision\": true, \"context\": {\"reasons\": []}}",
            "{\"allow\": true, \"context\": {\"reasons\": []}}")) {
      assertIndeterminate(ReasonCode.POLICY_UNDEFINED, "decision := " + value + "\n");
    }
  }

  @Test
  void conflictingDecisionsArePolicyUnavailableB9() throws ConfigException {
    String permit = "{\"decision\": true, \"context\": {\"reasons\": []}}";
    String deny = "{\"decision\": false, \"context\": {\"reasons\": []}}";
    assertIndeterminate(
        ReasonCode.POLICY_UNAVAILABLE,
        "decision := " + permit + " if true\n\ndecision := " + deny + " if true\n");
  }

  @Test
  void loopingPolicyIsStoppedByItsBudgetB9() throws ConfigException {
    assertIndeterminate(
        ReasonCode.POLICY_UNAVAILABLE,
        """
        decision := {"decision": true, "context": {"reasons": []}} if {
        	every a in numbers.range(1, 3000) {
        		every b in numbers.range(1, 3000) {
        			every c in numbers.range(1, 3000) {
        				a + b + c > 0
        			}
        		}
        	}
        }
        """);
  }

  @Test
  void exponentialPatternTakesLinearTimeB9() throws ConfigException {
    Decision decision =
        decide(
            """
            decision := {"decision": regex.match(`^(a+)+$`, text), "context": {"reasons": []}}

            text := concat("", [concat("", ["a" | numbers.range(1, 20000)[_]]), "b"])
            """,
            Policies.PATIENCE);
    assertInstanceOf(Decision.Deny.class, decision);
  }

  @Test
  void deepPolicyIsRefusedOrStoppedB9() throws ConfigException {
    StringBuilder chain = new StringBuilder("decision := f0(1)\n\n");
    for (int i = 0; i < 1000; i++) {
      chain.append("f").append(i).append("(x) := f").append(i + 1).append("(x)\n\n");
    }
    chain.append("f1000(x) := {\"decision\": true, \"context\": {\"reasons\": []}}\n");
    assertIndeterminate(ReasonCode.POLICY_UNAVAILABLE, chain.toString());
  }

  @Test
  void recursivePolicyIsRefusedWhenLoadedB9() {
    assertThrows(
        ConfigException.class, () -> decide("decision := decision\n", Policies.PATIENCE));
    assertThrows(
        ConfigException.class, () -> decide("decision := f(1)\n\nf(x) := f(x)\n", Policies.PATIENCE));
  }

  @Test
  void policyThatReachesOutIsRefusedWhenLoaded() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                decide(
                    "decision := http.send({\"method\": \"get\", \"url\": \"http://a\"})\n",
                    Policies.PATIENCE));
    assertEquals(3, refused.findings().getFirst().line());
    assertEquals("policy.rego", refused.findings().getFirst().file());
    assertTrue(refused.getMessage().contains("http.send"), refused.getMessage());
  }

  @Test
  void deadlineEndsADecisionB9() throws ConfigException {
    Decision decision =
        decide(
            """
            decision := {"decision": true, "context": {"reasons": []}} if {
            	count([1 | some a in numbers.range(1, 1500); some b in numbers.range(1, 1500); a * b > 0]) > 0
            }
            """,
            Duration.ofMillis(1));
    Decision.Indeterminate late = assertInstanceOf(Decision.Indeterminate.class, decision);
    assertEquals(ReasonCode.POLICY_UNAVAILABLE, late.reason());
  }

  @Test
  void visibleIsTrueOnlyIfExactlyTrueB7() throws ConfigException {
    for (String value : List.of("\"true\"", "1", "{}", "[true]", "null", "false")) {
      JsonObject input = Policies.permittedCall();
      CompiledPolicies policy =
          CompiledPolicies.compile(
              Policies.files(HEAD + "visible := " + value + "\n"), Policies.PATIENCE);
      assertFalse(policy.visible(Policies.request(input)), value);
    }
  }
}
