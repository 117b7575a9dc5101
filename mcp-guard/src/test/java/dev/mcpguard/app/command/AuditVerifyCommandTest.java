package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A log that is gone is never reported as good. */
final class AuditVerifyCommandTest {
  @TempDir private Path folder = Path.of(".");

  private int verify(String... more) {
    CommandLine line = new CommandLine(new AuditVerifyCommand());
    line.setExecutionExceptionHandler((failed, command, parsed) -> ExitCode.UNAVAILABLE);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--folder";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return line.execute(arguments);
  }

  @Test
  void noLogAtAllIsNotGood() {
    assertEquals(ExitCode.UNAVAILABLE, verify());
    assertEquals(ExitCode.UNAVAILABLE, verify("--instance", "nobody"));
  }

  @Test
  void logWhoseSegmentsFolderIsGoneIsFound() throws IOException {
    NoteSigner signer = NoteSigner.of("mcp-guard/one", new byte[32]);
    Path one = Files.createDirectory(folder.resolve("one"));
    Files.writeString(
        one.resolve("checkpoint"),
        signer.sign(new Checkpoint("mcp-guard/one", 3, new byte[32]).text()));
    assertEquals(ExitCode.FOUND, verify());
  }

  @Test
  void malformedKeyIsAnErrorOfTheCommandLine() throws IOException {
    Files.createDirectories(folder.resolve("one/segments"));
    assertEquals(ExitCode.USAGE, verify("--key", "garbage"));
  }
}
