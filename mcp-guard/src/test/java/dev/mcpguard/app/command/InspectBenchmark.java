package dev.mcpguard.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures {@code registry inspect} of a server with 500 tools, the start of the process included; no
 * assertion, not run by the build. The argument is the command, {@code mcp-guard/bin/mcp-guard}.
 */
public final class InspectBenchmark {
  private static final int TOOLS = 500;
  private static final int ROUNDS = 7;

  private InspectBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    StringBuilder tools = new StringBuilder();
    for (int i = 0; i < TOOLS; i++) {
      tools
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"name":"update_record_%d","description":"Changes the fields given of record %d and returns the whole record \
              with the time of the change. Fields that are not given keep their value.","inputSchema":{"type":"object",\
              "properties":{"id":{"type":"string","description":"the record"},"fields":{"type":"object",\
              "additionalProperties":{"type":"string"}},"mode":{"type":"string","enum":["merge","replace"]}},\
              "required":["id"]}}\
              """
                  .formatted(i, i));
    }
    Path out = Files.createTempDirectory("inspect-benchmark");
    long[] millis = new long[ROUNDS];
    try (FakeToolServer server = new FakeToolServer(tools.toString())) {
      for (int round = 0; round < ROUNDS; round++) {
        Files.deleteIfExists(out.resolve("many.yaml"));
        long start = System.nanoTime();
        Process process =
            new ProcessBuilder(
                    List.of(
                        arguments[0], "registry", "inspect", server.url(), "--server", "many",
                        "--owner", "team", "-o", out.toString()))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
          throw new IllegalStateException("inspect failed");
        }
        millis[round] = (System.nanoTime() - start) / 1_000_000;
      }
    }
    long written =
        Files.readString(out.resolve("many.yaml")).lines().filter(line -> line.contains("digest: sha256")).count();
    Arrays.sort(millis);
    System.out.printf(
        "inspect of %d tools (%d drafted with a digest), whole process: %d ms (middle of %d, %d to %d)%n",
        TOOLS, written, millis[ROUNDS / 2], ROUNDS, millis[0], millis[ROUNDS - 1]);
  }
}
