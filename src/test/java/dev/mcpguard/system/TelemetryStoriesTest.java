package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.system.RecordingCollector.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces and metrics of a running guard at a collector, well-behaved and not; rows A16 and F6. */
class TelemetryStoriesTest {
  private static final String SCOPES = "mcp:read mcp:write mcp:admin";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String MESSAGE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String HEADER_PARENT =
      "00-11111111111111111111111111111111-2222222222222222-01";

  @TempDir Path folder;
  private RecordingCollector collector;
  private GuardFixture guard;

  @BeforeEach
  void prepare() throws Exception {
    collector = RecordingCollector.start();
    guard = GuardFixture.prepare(folder);
  }

  private void serve(String more) throws Exception {
    Path secret = Files.writeString(folder.resolve("otlp-token"), "Bearer collector-secret\n");
    Path file = guard.home().file("mcp-guard.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            + """
            telemetry:
              otlp:
                endpoint: %s
                headers: {Authorization: "file:%s"}
                every: 1s
                %s
            """
                .formatted(collector.url(), secret, more));
    guard.serve();
  }

  @AfterEach
  void close() throws IOException {
    guard.close();
    collector.close();
  }

  private static Span of(List<Span> spans, long kind) {
    return spans.stream().filter(span -> span.kind() == kind).findFirst().orElseThrow();
  }

  private Request traced(Request request) {
    return request
        .header("traceparent", HEADER_PARENT)
        .meta("\"traceparent\":\"" + MESSAGE_PARENT + "\"")
        .meta("\"baggage\":\"who=canary-baggage\"");
  }

  @Test
  void aCallIsAServerSpanAroundAClientSpanAndTheServerGetsTheLatter() throws Exception {
    serve("timeout: 20s");
    guard.assertPermitted(traced(guard.good()), "echo");
    List<Span> spans = collector.await(2);
    Span server = of(spans, Span.SERVER);
    Span client = of(spans, Span.CLIENT);
    assertEquals("tools/call echo", server.name());
    assertEquals("tools/call echo", client.name());
    assertEquals(TRACE, server.trace());
    assertEquals("00f067aa0ba902b7", server.parent());
    assertEquals(List.of("11111111111111111111111111111111-2222222222222222"), server.links());
    assertEquals(TRACE, client.trace());
    assertEquals(server.id(), client.parent());
    assertEquals(
        "00-" + TRACE + "-" + client.id() + "-01",
        guard.downstream().calls().getLast().json().orElseThrow()
            .textAt("params", "_meta", "traceparent").orElse(""));
    assertEquals(
        MESSAGE_PARENT,
        guard.log().ofKind("admission").getLast().textAt("trace", "traceparent").orElse(""));
  }

  @Test
  void spansCarryTheConventionsAttributesAndNoPayload() throws Exception {
    serve("timeout: 20s");
    guard.assertPermitted(guard.good(), "echo");
    List<Span> spans = collector.await(2);
    Map<String, String> server = of(spans, Span.SERVER).attributes();
    assertEquals("tools/call", server.get("mcp.method.name"));
    assertEquals("echo", server.get("gen_ai.tool.name"));
    assertEquals("execute_tool", server.get("gen_ai.operation.name"));
    assertEquals("1", server.get("jsonrpc.request.id"));
    assertEquals("tcp", server.get("network.transport"));
    assertEquals("permit", server.get("mcpguard.decision"));
    assertEquals("read", server.get("mcpguard.class"));
    assertEquals("keeper", server.get("mcpguard.agent"));
    assertFalse(server.containsKey("error.type"), server::toString);
    assertEquals("127.0.0.1", of(spans, Span.CLIENT).attributes().get("server.address"));
    for (Span span : spans) {
      assertFalse(
          span.attributes().keySet().stream().anyMatch(name -> name.startsWith("gen_ai.tool.call")),
          span::toString);
    }
  }

  @Test
  void aRefusalIsAnErrorOfItsReasonAndAMadeUpToolNameIsNoAttribute() throws Exception {
    serve("timeout: 20s");
    Request unknown =
        Request.call("made-up-by-caller", "{}").intent(GuardFixture.LOOK).token(guard.goodToken());
    guard.assertStopped(unknown.bytes(GuardFixture.PATH, guard.port()), java.util.Set.of("tool-unknown"));
    Span span = of(collector.await(1), Span.SERVER);
    assertEquals("tools/call", span.name());
    assertEquals("tool-unknown", span.attributes().get("error.type"));
    assertEquals(2, span.status());
    assertFalse(span.attributes().containsKey("gen_ai.tool.name"), span::toString);
  }

  @Test
  void withoutATraceOfTheCallerTheRecordKeepsTheGuardsOwn() throws Exception {
    serve("timeout: 20s");
    guard.assertPermitted(guard.good(), "echo");
    Span server = of(collector.await(2), Span.SERVER);
    String recorded =
        guard.log().ofKind("admission").getLast().textAt("trace", "traceparent").orElse("");
    assertTrue(recorded.startsWith("00-" + server.trace() + "-" + server.id() + "-"), recorded);
  }

  @Test
  void metricsOfTheConventionsAndFinerOnesArrive() throws Exception {
    serve("timeout: 20s");
    guard.assertPermitted(guard.good(), "echo");
    guard.stop(); // the last export comes on closing
    for (String name :
        List.of(
            "mcp.server.operation.duration", "mcp.client.operation.duration",
            "mcpguard.decision.duration", "mcpguard.added.duration")) {
      assertTrue(collector.metrics().contains(name), () -> name + " of " + collector.metrics());
    }
  }

  @Test
  void nothingIsSampledAtZeroPercentAndTheTraceStillGoesOn() throws Exception {
    serve("sampling: 0%");
    guard.assertPermitted(guard.good(), "echo");
    String sent =
        guard.downstream().calls().getLast().json().orElseThrow()
            .textAt("params", "_meta", "traceparent").orElse("");
    assertTrue(sent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]"), sent); // even: not sampled
    guard.stop();
    assertEquals(List.of(), collector.spans());
  }

  @Test
  void a16_f6_theCallersTokenArgumentsAndRepliesAreInNoExportedByte() throws Exception {
    serve("timeout: 20s");
    String token = guard.token("keeper", SCOPES);
    Canary canary =
        Canary.of(
            Map.of(
                "token", token,
                "signature", token.substring(token.lastIndexOf('.') + 1),
                "argument", "canary-argument-7f3a",
                "baggage", "canary-baggage",
                "collector", "collector-secret"));
    Request echo =
        Request.call("echo", "{\"n\":\"canary-argument-7f3a\"}").intent(GuardFixture.LOOK);
    guard.assertPermitted(traced(echo.token(token)), "echo");
    guard.send(echo.token(token + "x"));
    guard.send(echo.header("X-Note", token).token(token).token(token));
    guard.send(Request.call("drop", "{\"x\":\"canary-argument-7f3a\"}").token(token));
    guard.send(Request.modern("no/" + token).token(token));
    guard.send(echo.token(token).bytes(GuardFixture.PATH, guard.port(), "{\"canary-argument-7f3a"));
    collector.await(6);
    guard.stop();
    assertTrue(collector.exports().size() >= 2, "traces and metrics");
    for (RecordingCollector.Export export : collector.exports()) {
      assertEquals("Bearer collector-secret", export.authorization());
      canary.assertAbsent("an export to " + export.path(), export.body());
    }
  }

  @Test
  void aCollectorThatMisbehavesHoldsNoCallAndItsLossesAreCounted() throws Exception {
    for (Manner manner : List.of(Manner.SILENT, Manner.REFUSING, Manner.ENDLESS)) {
      collector.behave(manner);
      if (manner == Manner.SILENT) {
        serve("queue: 16\n    timeout: 500ms");
      }
      for (int i = 0; i < 40; i++) {
        guard.assertPermittedBody(guard.good().body());
      }
      awaitLoss(manner);
    }
  }

  @Test
  void aCollectorThatIsAwayHoldsNoCallAndNoStop() throws Exception {
    collector.close();
    serve("queue: 16\n    timeout: 500ms");
    for (int i = 0; i < 40; i++) {
      guard.assertPermittedBody(guard.good().body());
    }
    awaitLoss(Manner.SILENT);
  }

  private long lost = 0;

  private void awaitLoss(Manner manner) throws Exception {
    for (int i = 0; i < 400; i++) {
      long now = count("dropped") + count("failed");
      if (now > lost) {
        assertNotEquals(lost, now);
        lost = now;
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError("no lost span was counted: " + manner);
  }

  private long count(String state) throws IOException {
    String page =
        guard.send(Bytes.of("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text();
    String line = "mcpguard_telemetry_spans_total{state=\"" + state + "\"} ";
    int at = page.indexOf(line);
    assertTrue(at >= 0, page);
    return Long.parseLong(page.substring(at + line.length(), page.indexOf('\n', at)));
  }
}
