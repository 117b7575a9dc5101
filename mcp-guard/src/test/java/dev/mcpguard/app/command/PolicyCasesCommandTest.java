package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A table of cases that tests nothing is never green. */
final class PolicyCasesCommandTest {
  @TempDir private Path folder = Path.of(".");
  private final StringWriter said = new StringWriter();

  private int cases(String file, String text) throws IOException {
    Path written = Files.writeString(folder.resolve(file), text);
    return run(written);
  }

  private int run(Path file) {
    CommandLine line = new CommandLine(new PolicyCasesCommand());
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    line.setExecutionExceptionHandler(new Failures());
    return line.execute(file.toString());
  }

  @Test
  void rightAnswersAreGreenAndWrongOnesAreFound() throws IOException {
    String table = "[{\"note\":\"n\",\"query\":\"x = 1 + 1\",\"want_result\":[{\"x\":%s}]}]";
    assertEquals(ExitCode.OK, cases("good.json", table.formatted("2")), said.toString());
    assertEquals(ExitCode.FOUND, cases("wrong.json", table.formatted("3")), said.toString());
  }

  @Test
  void caseWithoutAQueryIsNoCase() throws IOException {
    assertEquals(ExitCode.CONFIGURATION, cases("none.json", "[{\"note\":\"n\",\"input\":{}}]"));
    assertTrue(said.toString().contains("`n`"), said.toString());
  }

  @Test
  void fileThatCannotBeReadIsNamed() {
    assertEquals(ExitCode.CONFIGURATION, run(folder.resolve("missing.json")));
    assertTrue(said.toString().contains("missing.json"), said.toString());
  }
}
