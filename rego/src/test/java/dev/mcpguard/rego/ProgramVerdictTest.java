package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Programs that OPA accepts or refuses are accepted or refused here, each refusal at a place of the source. */
class ProgramVerdictTest {
  /** Verdicts that differ on purpose, with the reason. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "p := http.send({\"method\": \"get\", \"url\": \"x\"}) if false", "nothing here reaches out");

  private record Program(boolean strict, String verdict, String text) {}

  private static List<Program> programs() throws IOException {
    byte[] bytes =
        Objects.requireNonNull(ProgramVerdictTest.class.getResourceAsStream("programs.txt")).readAllBytes();
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split("(?m)^=== ");
    return Stream.of(parts)
        .skip(1)
        .map(part -> {
          String head = part.substring(0, part.indexOf('\n'));
          boolean strict = head.startsWith("strict ");
          String verdict = head.substring(head.indexOf("-> ") + 3);
          return new Program(strict, verdict, part.substring(part.indexOf('\n') + 1).stripTrailing());
        })
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> verdictIsThatOfOpa() throws IOException {
    return programs().stream().map(program -> DynamicTest.dynamicTest(
        (program.strict() ? "strict: " : "") + program.text(), () -> judge(program)));
  }

  private static void judge(Program program) {
    CompileResult result =
        Rego.create().strict(program.strict()).module("t.rego", "package test\n\n" + program.text() + "\n").compile();
    String reason = OTHERWISE.get(program.text());
    boolean accepted = program.verdict().equals("ok") == (reason == null);
    if (accepted) {
      assertTrue(result instanceof CompileResult.Compiled, () -> "refused: " + result);
      return;
    }
    assertTrue(result instanceof CompileResult.Refused, "accepted; opa: " + program.verdict());
    CompileResult.Refused refused = (CompileResult.Refused) result;
    refused.errors().forEach(error -> {
      assertEquals("t.rego", error.location().source().name());
      assertTrue(error.location().line() > 0 && error.location().column() > 0, error.toString());
    });
    assertTrue(refused.render().contains("^"), refused.render());
  }

  @Test
  void thereAreProgramsOfBothKinds() throws IOException {
    TreeSet<String> verdicts = new TreeSet<>();
    programs().forEach(program -> verdicts.add(program.verdict()));
    assertTrue(verdicts.size() > 5 && programs().size() > 300, verdicts.toString());
  }
}
