package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.syntax.RegoError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that must not load, with the place and kind of the first error. */
class RefusedProgramsTest {

  private static List<RegoError> errors(String rules, boolean strict) {
    CompileResult result =
        Rego.create().strict(strict).module("p.rego", "package p\n" + rules).compile();
    return result instanceof CompileResult.Refused refused ? refused.errors() : List.of();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p if { x > 1 } | 2:8 | rego_unsafe_var_error | var x is unsafe
          p := x | 2:6 | rego_unsafe_var_error | var x is unsafe
          p contains x if { not input.a[x] } | 2:12 | rego_unsafe_var_error | var x is unsafe
          p if { not input.a[_] == 1 } | 2:20 | rego_unsafe_var_error | var _ is unsafe
          p if { x = y } | 2:8 | rego_unsafe_var_error | var x is unsafe
          p := count(1) | 2:6 | rego_type_error | count: invalid argument(s)
          p if { 1 + "a" == 2 } | 2:10 | rego_type_error | plus: invalid argument(s)
          p if { "a" == 1 } | 2:12 | rego_type_error | match error
          p := count([1], [2], [3]) | 2:6 | rego_type_error | function count has arity 1, got 3 arguments
          p := http.send({}) | 2:6 | rego_type_error | builtin `http.send` is not supported
          p := nothing.like.it(1) | 2:6 | rego_type_error | undefined function nothing.like.it
          p if p | 2:1 | rego_recursion_error | rule data.p.p is recursive: data.p.p -> data.p.p
          p { true } | 2:3 | rego_parse_error | `if` keyword is required before rule body
          p | 2:1 | rego_parse_error | rule `p` must have a value (`:=`) or a body (`if`)
          p := [1, | 2:9 | rego_parse_error | expected a term, found end of file
          p := "abc | 2:6 | rego_parse_error | string is not closed
          p := 01 | 2:6 | rego_parse_error | illegal number format
          p if { x := 1; x := 2 } | 2:16 | rego_compile_error | var x assigned above
          p if { x == 1; x := 2 } | 2:16 | rego_compile_error | var x referenced above
          f(x) if { x := 1 } | 2:11 | rego_compile_error | arg x redeclared
          default p := input.x | 2:14 | rego_compile_error | default rule value cannot contain ref
          p if { input.x with foo.bar as 1 } | 2:21 | rego_type_error | with keyword target must reference
          """)
  void isRefusedAtItsPlace(String rules, String place, String code, String message) {
    List<RegoError> errors = errors(rules, false);
    assertTrue(!errors.isEmpty(), "must not load: " + rules);
    RegoError first = errors.getFirst();
    assertEquals(
        place + " " + code, first.location().line() + ":" + first.location().column() + " "
            + first.code(), first.toString());
    assertTrue(first.message().startsWith(message), first.message());
  }

  @Test
  void kindsOfOneNameMustAgree() {
    assertEquals(
        "conflicting rules data.p.q found",
        errors("q := 1\nq contains 2", false).getFirst().message());
    assertEquals(
        "multiple default rules data.p.q found",
        errors("default q := 1\ndefault q := 2", false).getFirst().message());
  }

  @Test
  void strictRefusesUnusedAndShadowing() {
    String unused = "p if { x := input.a; input.b }";
    assertEquals(List.of(), errors(unused, false));
    assertEquals("assigned var x unused", errors(unused, true).getFirst().message());
    assertEquals(
        "import data.q unused", errors("import data.q\np := 1", true).getFirst().message());
    assertTrue(
        errors("f(x, y) := x", true).getFirst().message().startsWith("unused argument y"));
  }

  @Test
  void errorsShowTheLineWithACaret() {
    assertEquals(
        """
        p.rego:2:8: rego_unsafe_var_error: var x is unsafe
            p if { x > 1 }
                   ^""",
        errors("p if { x > 1 }", false).getFirst().render());
  }
}
