package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.rego.value.Values;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which errors a missing document hides, and which it does not: every answer here is that of OPA 1.14.0. */
class HiddenErrorsTest {
  private static final String CONFLICT =
      "package t\nf(x) := {\"a\": 1} if input.o\nf(x) := {\"a\": 2} if input.o\n";

  private static void assertFails(boolean fails, String rule) {
    Outcome outcome =
        Rego.create().module("t.rego", CONFLICT + rule).compile().orThrow().entryPoint("data.t.p")
            .evaluate(Evaluation.of(Values.parseJson("{\"o\": {}, \"n\": 3}"), Instant.EPOCH, 1));
    assertEquals(fails, outcome instanceof Outcome.Failed, rule + " gives " + outcome);
  }

  @Test
  void missingDocumentGoneThroughHidesNothing() {
    assertFails(true, "p contains 7 if { f(1); some x, y in input.any; [x, y] != [] }");
    assertFails(true, "p contains 7 if { f(1); some x in input.any }");
    assertFails(true, "p contains 7 if { f(1); some {\"a\": x} in input.any }");
    assertFails(false, "p contains 7 if { f(1); some x in [input.any] }");
    assertFails(false, "p contains 7 if { f(1); some x in object.get(input.any, \"a\", {}) }");
    assertFails(false, "p contains 7 if { f(1); every x in input.any { x } }");
    assertFails(false, "p contains 7 if { f(1); 1 in input.any }");
  }

  @Test
  void missingDocumentInAModifierHidesAnErrorBeforeIt() {
    assertFails(false, "p contains 7 if { f(1); true with input.q as input.m }");
    assertFails(false, "p contains 7 if { f(1); true with input.q as [input.m] }");
    assertFails(false, "p contains 7 if { f(1); not false with input.q as input.m }");
    assertFails(true, "p contains 7 if { f(1); true with input.q as {x | x := input.m} }");
  }

  @Test
  void headOfANegatedReferenceIsEvaluatedBeforeItsKeys() {
    assertFails(true, "p if not f(3)[lower(input.n)]");
    assertFails(true, "p if not {\"x\", f(3).a}[lower(input.n)]");
    assertFails(false, "p if not f(3)[input.zz]");
  }
}
