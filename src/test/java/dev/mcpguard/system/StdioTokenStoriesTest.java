package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A16 of the threats on stdio: child process, its arguments, environment and input. */
class StdioTokenStoriesTest {
  @TempDir Path folder;

  @Test
  void a16_theCallersTokenReachesNoChildProcess() throws Exception {
    Path record = folder.resolve("received");
    Behaviour behaviour = Behaviour.standard();
    try (GuardFixture guard =
        GuardFixture.prepare(Files.createDirectory(folder.resolve("guard")))) {
      String argv =
          RecordingStdioServer.command(record, behaviour).stream()
              .map(word -> new Json.Str(word).toString())
              .collect(Collectors.joining(", "));
      guard.home().register("child", "{type: stdio, command: [" + argv + "]}", behaviour.tools());
      guard.serve();
      String token = guard.home().token("keeper", "mcp:read", guard.home().resource("child"));
      byte[] call =
          Request.call("echo", "{\"n\":7}")
              .intent(GuardFixture.LOOK)
              .token(token)
              .bytes("/mcp/child", guard.port());
      long deadline = System.nanoTime() + 30_000_000_000L;
      RawHttp.Response answer = guard.send(call);
      while (answer.json().get("result").isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(100);
        answer = guard.send(call);
      }
      assertTrue(answer.text().contains("echo {"), answer::text);
      StdioRecord child = new StdioRecord(record);
      assertEquals(1, child.calls().size());
      Canary canary =
          Canary.of(
              Map.of("token", token, "signature", token.substring(token.lastIndexOf('.') + 1)));
      canary.assertAbsent("the child's input", child.received());
      canary.assertAbsent("the child's start", Bytes.of(String.join("\n", child.starts())));
      canary.assertAbsent(guard.home().file("audit"));
    }
  }
}
