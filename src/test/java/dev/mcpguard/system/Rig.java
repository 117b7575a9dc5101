package dev.mcpguard.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the scripts of {@code src/test/rig}: real clients and servers from npm. */
final class Rig {
  private static final long LONGEST_SECONDS = 60;

  /**
   * How a script ended.
   *
   * @param said its standard output: one line of JSON
   */
  record Run(int exit, String said, String complaint) {
    Json json() {
      return Json.read(said.strip());
    }
  }

  private Rig() {}

  /** The folder of the scripts, whether tests run in the module or at the root. */
  static Path folder() {
    Path here = Path.of("rig");
    return (Files.isDirectory(here) ? here : Path.of("src/test/rig")).toAbsolutePath();
  }

  /** Skips the calling test, saying why, where the rig is not installed; installs nothing. */
  static void assumeReady() throws IOException, InterruptedException {
    Run setup;
    try {
      setup = run("setup", "--check");
    } catch (IOException noBash) {
      setup = new Run(127, "", String.valueOf(noBash.getMessage()));
    }
    if (setup.exit() != 0) {
      System.err.println("SKIPPED, no real clients: " + setup.complaint());
    }
    Assumptions.assumeTrue(setup.exit() == 0, setup.complaint());
  }

  /** Runs a script to its end; fails after a minute. */
  static Run run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", folder().resolve(script).toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("rig", ".out");
    Path complaint = Files.createTempFile("rig", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(said.toFile())
              .redirectError(complaint.toFile())
              .start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(command + " did not end: " + read(complaint));
      }
      return new Run(process.exitValue(), read(said), read(complaint));
    } finally {
      Files.delete(said);
      Files.delete(complaint);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
