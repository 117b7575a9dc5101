package dev.mcpguard.downstream.stdio;

import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.downstream.wire.RecordingChannel;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.registry.Era;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Child processes: framed, bounded, fed the decided value, and reaped (threats E6, E7). */
class StdioToolServerTest {
  private final List<StdioToolServer> open = new ArrayList<>();

  private StdioToolServer server(String mode) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            FakeChild.class.getName(), mode);
    StdioToolServer server =
        new StdioToolServer(
            new StdioServerSettings("fake", command, () -> Map.of("ONLY", "this"), Era.AUTO, false),
            ServerEvents.NONE,
            InstantSource.system());
    open.add(server);
    return server;
  }

  @AfterEach
  void everyChildIsReaped() {
    open.forEach(StdioToolServer::close);
    List<String> left =
        ProcessHandle.current()
            .descendants()
            .filter(child -> child.info().commandLine().orElse("").contains("FakeChild"))
            .map(ProcessHandle::toString)
            .toList();
    assertEquals(List.of(), left, "children left behind");
  }

  private static CallOutcome call(StdioToolServer server) {
    return server.call(Calls.call(V2026_07_28, "{}", "{}", 15_000), ReplyChannel.NONE);
  }

  private static String text(CallOutcome outcome) {
    return JsonText.text(assertInstanceOf(CallOutcome.Replied.class, outcome).result());
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "dies-on-discover", "modern", "noisy", "floods-stderr", "asks"})
  void c4DecidedValueArrivesAndTheAnswerComesBack(String mode) {
    String arguments = "{\"n\":9007199254740993,\"s\":\"a\\nb\"}";
    CallOutcome outcome =
        server(mode)
            .call(
                Calls.call(V2025_11_25, arguments, "{\"dev.mcpguard/x\":1}", 15_000),
                ReplyChannel.NONE);
    String echoed = text(outcome);
    assertTrue(echoed.contains("9007199254740993"), echoed);
    assertFalse(echoed.contains("dev.mcpguard/"), echoed);
    assertFalse(echoed.contains(Calls.CANARY), echoed);
    assertEquals(mode.equals("modern"), echoed.contains("2026-07-28"), echoed);
  }

  @Test
  void e6ChildSeesOnlyTheConfiguredEnvironment() {
    String seen = text(call(server("environment")));
    assertTrue(seen.contains("ONLY=this"), seen);
    assertFalse(seen.contains("PATH=") || seen.contains("HOME="), seen);
  }

  @ParameterizedTest
  @CsvSource({
    "dies, DOWNSTREAM_UNREACHABLE",
    "partial, DOWNSTREAM_UNREACHABLE",
    "duplicate, DOWNSTREAM_INVALID",
    "newline, DOWNSTREAM_INVALID",
    "endless, DOWNSTREAM_INVALID"
  })
  void e7PendingCallOfAChildThatFailsEndsUnknown(String mode, ReasonCode reason) {
    CallOutcome.Failed failed =
        assertInstanceOf(CallOutcome.Failed.class, call(server(mode)));
    assertEquals(reason, failed.reason(), failed.detail());
    assertEquals(Fate.UNKNOWN, failed.fate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hangs", "wrong-id"})
  void d7CallThatIsNotAnsweredEndsAtItsDeadline(String mode) {
    StdioToolServer server = server(mode);
    CallOutcome outcome =
        server.call(Calls.call(V2026_07_28, "{}", "{}", 2_500), ReplyChannel.NONE);
    CallOutcome.Failed failed = assertInstanceOf(CallOutcome.Failed.class, outcome);
    assertEquals(ReasonCode.DOWNSTREAM_TIMEOUT, failed.reason());
    assertEquals(Fate.UNKNOWN, failed.fate());
  }

  @Test
  void deadChildIsStartedAgainAfterAPause() throws InterruptedException {
    StdioToolServer server = server("dies");
    assertEquals(Fate.UNKNOWN, assertInstanceOf(CallOutcome.Failed.class, call(server)).fate());
    Thread.sleep(1_000);
    assertEquals(Fate.UNKNOWN, assertInstanceOf(CallOutcome.Failed.class, call(server)).fate());
  }

  @Test
  void secondAnswerReachesNobody() {
    StdioToolServer server = server("twice");
    for (int i = 0; i < 3; i++) {
      assertFalse(text(call(server)).contains("again"));
    }
  }

  @Test
  void progressReachesTheCallItBelongsTo() {
    RecordingChannel client = new RecordingChannel();
    server("progress")
        .call(Calls.call(V2026_07_28, "{}", "{\"progressToken\":\"mine\"}", 15_000), client);
    assertEquals(
        List.of(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                + "{\"progressToken\":\"mine\",\"progress\":1}}"),
        client.notifications());
  }

  @Test
  void commandThatCannotBeStartedForwardsNothing() {
    StdioToolServer server =
        new StdioToolServer(
            new StdioServerSettings(
                "none", List.of("/no/such/program"), Map::of, Era.AUTO, false),
            ServerEvents.NONE,
            InstantSource.system());
    CallOutcome.Failed failed = assertInstanceOf(CallOutcome.Failed.class, call(server));
    assertEquals(Fate.NOT_FORWARDED, failed.fate());
  }

  @Test
  void stubbornChildIsKilled() {
    StdioToolServer server = server("stubborn");
    text(call(server));
    server.close();
  }
}
