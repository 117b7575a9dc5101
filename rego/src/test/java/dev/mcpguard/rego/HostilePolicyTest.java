package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies written to eat memory or time, under the standard limits: each ends with a clear error or a small answer. */
class HostilePolicyTest {
  private static final int DOUBLINGS = 60;

  private static Outcome run(String rules, Value input) {
    return Rego.create()
        .module("p.rego", "package p\n" + rules)
        .compile()
        .orThrow()
        .entryPoint("data.p.p")
        .evaluate(Evaluation.of(input, Instant.EPOCH, 1));
  }

  private static Outcome run(String rules) {
    return run(rules, Values.parseJson("{\"n\":1000000000,\"s\":\"aaaaaaaaaaaaaaaa\",\"a\":[1,2,3]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concat(\"\", [X, X])", "sprintf(\"%s%s\", [X, X])", "$\"{X}{X}\"", "replace(X, \"a\", \"aaaa\")",
        "regex.replace(X, `a`, \"$0$0\")", "strings.replace_n({\"a\": \"aa\"}, X)", "json.marshal([X, X])",
        "base64.encode(concat(\"\", [X, X]))", "urlquery.encode(concat(\"%%\", [X, X]))"
      })
  void textsThatDoubleEndAtTheBudgetB10(String doubling) {
    assertOverBudget(run(chain("input.s", doubling)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array.concat(X, X)", "array.flatten([X, X])",
        "array.concat(array.reverse(X), X)", "array.concat(array.slice(X, 0, 1000000000), X)"
      })
  void arraysThatDoubleEndAtTheBudgetB10(String doubling) {
    assertOverBudget(run(chain("input.a", doubling)));
  }

  private static String chain(String first, String doubling) {
    StringBuilder rules = new StringBuilder("x0 := " + first + "\n");
    for (int i = 1; i <= DOUBLINGS; i++) {
      rules.append("x").append(i).append(" := ").append(doubling.replace("X", "x" + (i - 1))).append('\n');
    }
    return rules.append("p := count(x").append(DOUBLINGS).append(")\n").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count(sprintf(\"%1000000000d\", [1]))",
        "count(sprintf(\"%.1000000000f\", [1.5]))",
        "count(sprintf(\"%.1000000f %.1000000e %1000000x\", [1.5, 1e-300, 1]))",
        "count(sprintf(\"%*d\", [input.n, 1]))",
        "count(numbers.range(0, input.n))",
        "count(numbers.range_step(0, input.n, 1))",
        "bits.lsh(1, input.n)",
        "bits.lsh(-1, 1000000000000)",
        "to_number(\"1e1000000000\")",
        "to_number(\"1e-1000000000\")",
        "units.parse(\"1e999999999\")",
        "units.parse_bytes(\"99999999999999999999999999999999999999999999e9999999TiB\")",
        "time.add_date(0, input.n, input.n, input.n)",
        "time.parse_duration_ns(\"99999999999999999999h\")",
        "time.date(9223372036854775807000)",
        "time.format([9223372036854775808, \"UTC\"])",
        "time.clock([0, \"../../etc/passwd\"])",
        "rand.intn(\"a\", 1e300)",
        "count(net.cidr_expand(\"0.0.0.0/0\"))",
        "format_int(1e19999, 2)",
        "1e19999 * 1e19999",
        "1 / 1e-19999",
        "regex.match(`((((a{999}){999}){999}){999})`, input.s)",
        "regex.match(`(?i:(x+x+)+y)`, \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\")",
        "glob.match(\"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}c\", [], input.s)",
        "semver.compare(\"99999999999999999999999999.0.0\", \"1.0.0\")",
        "json.unmarshal(\"[1e99999999999999999999]\")"
      })
  void bombsGiveAnErrorOrASmallAnswerB10(String bomb) {
    Outcome outcome = run("p := " + bomb);
    String shown = outcome.toString();
    assertTrue(shown.length() < 100_000, () -> shown.substring(0, 200));
    if (outcome instanceof Outcome.Failed failed) {
      assertEquals("eval_budget_error", failed.code(), failed.message());
    }
  }

  @Test
  void pathsOfADenseGraphEndAtTheBudgetB10() {
    StringBuilder graph = new StringBuilder("{");
    for (int i = 0; i < 40; i++) {
      graph.append(i == 0 ? "" : ",").append("\"").append(i).append("\":[");
      for (int j = 0; j < 40; j++) {
        graph.append(j == 0 ? "" : ",").append("\"").append(j).append("\"");
      }
      graph.append("]");
    }
    Value input = Values.parseJson("{\"g\":" + graph + "}}");
    assertOverBudget(run("p := count(graph.reachable_paths(input.g, {\"0\"}))", input));
  }

  @Test
  void tenMegabytesOfDataAreDecidedOn() {
    StringBuilder data = new StringBuilder("{\"users\":{");
    for (int i = 0; i < 100_000; i++) {
      data.append(i == 0 ? "" : ",").append("\"user").append(i)
          .append("\":{\"roles\":[\"reader\",\"role").append(i % 977).append("\"],\"mail\":\"user").append(i)
          .append("@example.com\",\"note\":\"日本 \\ud83d\\ude00 0123456789\"}");
    }
    Value document = Values.parseJson(data.append("}}").toString());
    assertTrue(data.length() > 10_000_000, "bytes: " + data.length());
    CompiledPolicy policy =
        Rego.create()
            .module("p.rego", "package p\np := data.users[input.u].mail if \"reader\" in data.users[input.u].roles\n")
            .data(document)
            .compile()
            .orThrow();
    Outcome outcome =
        policy.entryPoint("data.p.p")
            .evaluate(Evaluation.of(Values.parseJson("{\"u\":\"user99999\"}"), Instant.EPOCH, 1));
    assertEquals("\"user99999@example.com\"", assertInstanceOf(Outcome.Defined.class, outcome).value().toString());
  }

  @Test
  void numbersOfAMillionDigitsAreRefusedWhereverTheyComeFrom() {
    String number = "9".repeat(1_000_000);
    assertInstanceOf(
        CompileResult.Refused.class, Rego.create().module("p.rego", "package p\np := " + number).compile());
    assertInstanceOf(Outcome.Undefined.class, run("p := to_number(input)", Values.parseJson("\"" + number + "\"")));
    assertInstanceOf(Outcome.Undefined.class, run("p := json.unmarshal(input)", Values.parseJson("\"" + number + "\"")));
  }

  @Test
  void loneSurrogatesAndControlsStayText() {
    Value input = Values.parseJson("{\"s\":\"\\ud800 \\u0000 \\u2028\"}");
    assertInstanceOf(Outcome.Defined.class, run("p := [upper(input.s), count(input.s), json.marshal(input)]", input));
  }

  private static void assertOverBudget(Outcome outcome) {
    assertEquals("eval_budget_error", assertInstanceOf(Outcome.Failed.class, outcome).code());
  }
}
