package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.explain.Explanation;
import dev.mcpguard.rego.test.Coverage;
import dev.mcpguard.rego.test.PolicyTester;
import dev.mcpguard.rego.test.TestResult;
import dev.mcpguard.rego.value.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tester, coverage and explanations. */
class ToolsTest {
  private static final Evaluation EVALUATION = Evaluation.of(null, Instant.EPOCH, 1);
  private static final String POLICY =
      """
      package p

      default allow := false

      allow if {
        input.user == "ann"
        "admin" in input.roles
      }

      test_ann if {
        print("ann", input.nothing)
        allow with input as {"user": "ann", "roles": ["admin"]}
      }

      test_bob if allow with input as {"user": "bob", "roles": []}

      todo_test_more if true

      test_table[name] if {
        some name, user in {"a": "ann", "b": "ann"}
        allow with input as {"user": user, "roles": ["admin"]}
      }
      """;

  private static CompiledPolicy policy() {
    return Rego.create().module("p.rego", POLICY).compile().orThrow();
  }

  @Test
  void testerTellsPassedFailedAndSkipped() {
    List<TestResult> results = new PolicyTester(policy(), EVALUATION).run();
    assertEquals(
        "[data.p.test_ann PASS, data.p.test_bob FAIL, data.p.test_table PASS,"
            + " data.p.todo_test_more SKIPPED]",
        results.stream().map(r -> r.name() + " " + r.verdict()).toList().toString());
    assertEquals(List.of("ann <undefined>"), results.getFirst().printed());
    assertFalse(PolicyTester.succeeded(results));
    assertEquals(1, new PolicyTester(policy(), EVALUATION).only("ann").run().size());
  }

  @Test
  void coverageNamesLinesNeverReached() {
    CompiledPolicy policy = policy();
    Coverage coverage = new Coverage(policy.modules());
    new PolicyTester(policy, EVALUATION.withTracer(coverage)).only("test_bob").run();
    Map<String, Coverage.FileCoverage> files = coverage.files();
    Coverage.FileCoverage file = files.getOrDefault(
        "p.rego", new Coverage.FileCoverage(new TreeSet<>(), new TreeSet<>()));
    assertTrue(file.covered().contains(6), file.toString());
    assertTrue(file.missed().contains(7), file.toString());
    assertTrue(coverage.percent() > 0 && coverage.percent() < 100);
  }

  @Test
  void explanationShowsWhatFailed() {
    Explanation explanation = new Explanation();
    Outcome outcome =
        policy()
            .entryPoint("data.p.allow")
            .evaluate(
                EVALUATION
                    .withInput(Values.parseJson("{\"user\":\"ann\",\"roles\":[\"guest\"]}"))
                    .withTracer(explanation));
    assertEquals("Defined[value=false]", outcome.toString());
    assertEquals(
        """
        data.p.allow at p.rego:5 gave nothing
          ok   p.rego:6  input.user == "ann"
          fail p.rego:7  "admin" in input.roles
        data.p.allow at p.rego:3 gave false
        """,
        explanation.render());
  }
}
