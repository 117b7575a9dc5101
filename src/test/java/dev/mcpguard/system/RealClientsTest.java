package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recording servers are what real clients take them for. Skipped, loudly, without the rig. */
class RealClientsTest {
  private static final String INTENT = "{\"purpose\":\"p-4711\",\"class\":\"read\"}";

  @TempDir Path folder;

  @BeforeAll
  static void needsTheRig() throws Exception {
    Rig.assumeReady();
  }

  @ParameterizedTest
  @CsvSource({
    "client-v2, auto, DUAL, 2026-07-28",
    "client-v2, modern, MODERN, 2026-07-28",
    "client-v2, legacy, DUAL, 2025-11-25",
    "client-v2, auto, LEGACY, 2025-11-25",
    "client-v1, auto, LEGACY, 2025-11-25",
  })
  void clientsListAndCallOverHttp(String client, String mode, Era era, String version)
      throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "the-token-of-this-test");
    try (RecordingServer server = RecordingServer.start(Behaviour.standard().in(era))) {
      Rig.Run run =
          Rig.run(
              client,
              call(
                  "--url",
                  server.uri().toString(),
                  "--mode",
                  mode,
                  "--token-file",
                  token.toString()));
      assertEquals(0, run.exit(), run::toString);
      assertEquals(Optional.of(version), run.json().textAt("version"));
      assertTrue(run.said().contains("echo {\\\"n\\\":1}"), run.said());
      RecordedRequest call = server.calls().getFirst();
      assertEquals("echo", call.tool());
      assertEquals(Optional.of("Bearer the-token-of-this-test"), call.header("authorization"));
      assertTrue(Bytes.text(call.body()).contains("p-4711"));
    }
  }

  @Test
  void theInspectorListsAndCalls() throws Exception {
    try (RecordingServer server = RecordingServer.start(Behaviour.standard())) {
      Rig.Run run = Rig.run("inspector", call("--url", server.uri().toString()));
      assertEquals(0, run.exit(), run::toString);
      assertEquals(1, server.calls().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"client-v1, auto, LEGACY", "client-v2, auto, DUAL", "client-v2, modern, MODERN"})
  void clientsListAndCallOverStdio(String client, String mode, Era era) throws Exception {
    Path record = folder.resolve("in");
    List<String> words = new ArrayList<>(List.of(call("--mode", mode, "--")));
    words.addAll(RecordingStdioServer.command(record, Behaviour.standard().in(era)));
    Rig.Run run = Rig.run(client, words.toArray(String[]::new));
    assertEquals(0, run.exit(), run::toString);
    assertEquals(1, new StdioRecord(record).calls().size());
  }

  @Test
  void aRefusedConnectionIsAnExitCodeOfItsOwn() throws Exception {
    assertEquals(3, Rig.run("client-v1", call("--url", "http://127.0.0.1:9/mcp")).exit());
  }

  /** The options of one call of {@code echo}, in front of {@code more}. */
  private static String[] call(String... more) {
    List<String> words =
        new ArrayList<>(List.of("--tool", "echo", "--args", "{\"n\":1}", "--intent", INTENT));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }
}
