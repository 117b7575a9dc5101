package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.eval.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies and inputs made to exhaust the engine end in clear errors. */
class HostileInputTest {
  private static final Instant NOW = Instant.EPOCH;

  private static Outcome run(String rules, Limits limits) {
    CompiledPolicy policy =
        Rego.create().module("p.rego", "package p\n" + rules).compile().orThrow();
    return policy
        .entryPoint("data.p.p")
        .evaluate(Evaluation.of(null, NOW, 1).withLimits(limits));
  }

  private static void assertOverBudget(Outcome outcome) {
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome);
    assertEquals("eval_budget_error", failed.code());
    assertTrue(failed.toString().matches("p\\.rego:\\d+:\\d+: eval_budget_error: .*"), failed.toString());
  }

  @Test
  void hugeProductsEndAtTheStepLimit() {
    String rules =
        "r := numbers.range(1, 1000)\np := count([1 | some a in r; some b in r; some c in r])";
    assertOverBudget(run(rules, new Limits(100_000, 100, 1_000_000, 60_000_000_000L)));
  }

  @Test
  void hugeCollectionsEndAtTheElementLimit() {
    String rules = "r := numbers.range(1, 1000)\np := [a | some a in r; some b in r]";
    assertOverBudget(run(rules, new Limits(100_000_000, 100, 10_000, 60_000_000_000L)));
  }

  @Test
  void slowPoliciesEndAtTheTimeLimit() {
    String rules =
        "r := numbers.range(1, 5000)\np := count([1 | some a in r; some b in r; a == b; a < 0])";
    assertOverBudget(run(rules, new Limits(Long.MAX_VALUE / 2, 100, 1_000_000, 1_000_000L)));
  }

  @Test
  void budgetErrorNamesTheCallOrRuleThatRanOut() {
    Limits few = new Limits(1000, 100, 1000, 60_000_000_000L);
    String call = "q := 1\np := count(numbers.range(1, 100000))";
    assertTrue(run(call, few).toString().startsWith("p.rego:3:12: "), run(call, few).toString());
    String rule = "p := q\nq := {[a, b] | some a in r; some b in r}\nr := numbers.range(1, 200)";
    assertTrue(run(rule, few).toString().startsWith("p.rego:3:1: "), run(rule, few).toString());
  }

  @Test
  void longChainsOfRulesEndAtTheDepthLimit() {
    StringBuilder rules = new StringBuilder("p := r0\nr500 := 1\n");
    for (int i = 0; i < 500; i++) {
      rules.append("r").append(i).append(" := r").append(i + 1).append("\n");
    }
    assertOverBudget(run(rules.toString(), new Limits(1_000_000, 100, 1000, 60_000_000_000L)));
  }

  @Test
  void deepNestingIsRefusedByTheParser() {
    for (String open : List.of("[", "{", "(", "[x | ", "{1: ", "f(", "-", "not ", "$\"{", "a[")) {
      String text = "package p\np := " + open.repeat(100_000);
      assertInstanceOf(
          CompileResult.Refused.class, Rego.create().module("p.rego", text).compile(), open);
    }
  }

  @Test
  void failedComprehensionsDoNotMultiply() {
    String text = "package p\np := " + "[a | ".repeat(60) + "1, 2" + "]".repeat(60);
    Rego.create().module("p.rego", text).compile();
  }

  @Test
  void arbitraryTextNeverCrashesTheCompiler() {
    java.util.Random random = new java.util.Random(42);
    List<String> words =
        List.of(
            "p", "x", ":=", "if", "{", "}", "[", "]", "(", ")", "|", ",", "\n", "some", "in", "not",
            "every", "with", "as", "input", "data", ".", "1", "\"s\"", "else", "default", "contains",
            "==", "+", "-", "_", "set(", "$\"", "`", "import", "package", ";", ":", "#", "\\");
    for (int i = 0; i < 3000; i++) {
      List<String> text = new ArrayList<>();
      for (int j = 0; j < 30; j++) {
        text.add(words.get(random.nextInt(words.size())));
      }
      Rego.create().module("p.rego", "package p\np " + String.join(" ", text)).compile();
    }
  }
}
