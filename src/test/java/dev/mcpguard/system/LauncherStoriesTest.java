package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher adds to the JVM's command line says nothing where the protocol is spoken. */
class LauncherStoriesTest {
  private static final Path PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  @TempDir Path folder;

  private record Said(int exit, String out, String err) {}

  private Said run(List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int exit = builder.start().waitFor();
    return new Said(exit, Files.readString(out), Files.readString(err));
  }

  private static Path launcher() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path module = at.resolve("mcp-guard");
      if (Files.exists(module.resolve("bin/mcp-guard"))) {
        boolean built = Files.exists(module.resolve("target/mcp-guard.jar"));
        if (!built) {
          System.err.println("SKIPPED, the launcher has no jar to start: run `mvn package`");
        }
        Assumptions.assumeTrue(built, "there is no jar");
        return module.resolve("bin/mcp-guard");
      }
    }
    throw new AssertionError("no launcher above this folder");
  }

  @Test
  void aKernelWithoutLargePagesPutsNothingOnStandardOutput() throws Exception {
    Path launcher = launcher();
    Path never = folder.resolve("never");
    Files.writeString(never, "always madvise [never]\n", StandardCharsets.UTF_8);
    String mount = "mount --bind " + never + " " + PAGES;
    // by the shell, which says so where there is no such command
    Said able = run(List.of("sh", "-c", "unshare -m sh -c '" + mount + "'"));
    if (able.exit() != 0) {
      System.err.println("SKIPPED, no mount of one's own: " + able.err());
    }
    Assumptions.assumeTrue(able.exit() == 0, able.err());
    Said said =
        run(List.of("unshare", "-m", "sh", "-c", mount + " && exec " + launcher + " --version"));
    assertEquals(0, said.exit(), said.err());
    assertEquals(1, said.out().lines().count(), said.out());
    assertTrue(said.out().startsWith("mcp-guard"), said.out());
  }
}
