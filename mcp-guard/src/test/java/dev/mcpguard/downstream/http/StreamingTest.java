package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.downstream.http.FakeServer.stream;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.RecordingChannel;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams are relayed as they come, to the client they belong to. */
class StreamingTest {
  private static String progress(String token, int amount) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
        + "{\"progressToken\":" + token + ",\"progress\":" + amount + "}}";
  }

  private static String token(FakeServer.Received request) {
    JsonObject params = request.message().object("params");
    JsonObject meta = params == null ? null : params.object("_meta");
    return "\"" + (meta == null ? null : meta.string("progressToken")) + "\"";
  }

  @Test
  void progressArrivesBeforeTheAnswerWithTheClientsOwnToken() throws Exception {
    CountDownLatch relayed = new CountDownLatch(1);
    boolean[] early = new boolean[1];
    try (Fixture fixture =
        new Fixture(
            Fixture.modern(
                (request, out) -> {
                  stream(out);
                  event(out, progress(token(request), 1));
                  early[0] = relayed.await(5, TimeUnit.SECONDS);
                  event(out, result(request, Fixture.OK));
                  return false;
                }))) {
      RecordingChannel client =
          new RecordingChannel() {
            @Override
            public void notification(JsonObject message) {
              super.notification(message);
              relayed.countDown();
            }
          };
      CallOutcome outcome =
          fixture.call(V2026_07_28, "{}", "{\"progressToken\":7}", 10_000, client);
      assertInstanceOf(CallOutcome.Replied.class, outcome);
      assertTrue(early[0], "relayed before the answer");
      assertEquals(List.of(progress("7", 1)), client.notifications());
    }
  }

  @Test
  void d2NotificationsOfAnotherTokenAreDropped() throws IOException {
    try (Fixture fixture =
        new Fixture(
            Fixture.modern(
                (request, out) -> {
                  stream(out);
                  event(out, progress("7", 1));
                  event(out, progress("\"g1\"", 2));
                  event(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}");
                  event(out, result(request, Fixture.OK));
                  return false;
                }))) {
      RecordingChannel client = new RecordingChannel();
      fixture.call(V2026_07_28, "{}", "{\"progressToken\":7}", 10_000, client);
      assertEquals(List.of(), client.notifications());
    }
  }

  @Test
  void cancellationClosesTheModernStream() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    try (Fixture fixture =
        new Fixture(
            Fixture.modern(
                (request, out) -> {
                  stream(out);
                  open.countDown();
                  try {
                    while (true) {
                      FakeServer.raw(out, ": alive\n");
                      Thread.sleep(20);
                    }
                  } finally {
                    gone.countDown();
                  }
                }))) {
      RecordingChannel client = new RecordingChannel();
      Thread.ofVirtual().start(() -> cancelAfter(open, client));
      CallOutcome outcome = fixture.call(V2026_07_28, "{}", "{}", 10_000, client);
      CallOutcome.Failed failed = assertInstanceOf(CallOutcome.Failed.class, outcome);
      assertEquals(ReasonCode.CLIENT_GONE, failed.reason());
      assertEquals(Fate.UNKNOWN, failed.fate());
      assertTrue(gone.await(5, TimeUnit.SECONDS), "the server saw the stream close");
    }
  }

  private static void cancelAfter(CountDownLatch open, RecordingChannel client) {
    try {
      open.await(5, TimeUnit.SECONDS);
      client.cancel();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void cancelledBeforeItIsSentIsNotForwarded() throws IOException {
    try (Fixture fixture = new Fixture((request, out) -> false)) {
      RecordingChannel client = new RecordingChannel();
      client.cancel();
      CallOutcome outcome = fixture.call(V2026_07_28, "{}", "{}", 1_000, client);
      assertEquals(
          Fate.NOT_FORWARDED, assertInstanceOf(CallOutcome.Failed.class, outcome).fate());
      assertEquals(0, fixture.fake.received().size());
    }
  }

  @Test
  void legacyTimeOutSendsACancellationForThatVeryRequest() throws Exception {
    try (Fixture fixture =
        new Fixture(
            Fixture.legacy(
                (request, out) -> {
                  Thread.sleep(3_000);
                  return false;
                }))) {
      CallOutcome outcome = fixture.call(V2025_11_25, "{}", "{}", 700, ReplyChannel.NONE);
      assertEquals(
          ReasonCode.DOWNSTREAM_TIMEOUT,
          assertInstanceOf(CallOutcome.Failed.class, outcome).reason());
      String id = fixture.fake.received("tools/call").getFirst().id();
      FakeServer.Received cancelled = await(fixture, "notifications/cancelled");
      assertTrue(cancelled != null && cancelled.body().contains("\"requestId\":" + id));
    }
  }

  private static FakeServer.@Nullable Received await(Fixture fixture, String method)
      throws InterruptedException {
    for (int i = 0; i < 100 && fixture.fake.received(method).isEmpty(); i++) {
      Thread.sleep(20);
    }
    List<FakeServer.Received> found = fixture.fake.received(method);
    return found.isEmpty() ? null : found.getFirst();
  }

  @Test
  void legacyServerAsksTheClientInTheMiddleOfACall() throws IOException {
    try (Fixture fixture =
        new Fixture(
            Fixture.legacy(
                (request, out) -> {
                  stream(out);
                  event(
                      out,
                      "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\","
                          + "\"params\":{\"message\":\"m\"}}");
                  event(
                      out,
                      "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"roots/list\"}");
                  event(out, result(request, Fixture.OK));
                  return false;
                }))) {
      RecordingChannel client =
          new RecordingChannel(JsonObject.builder().put("result", JsonObject.of()).build());
      String meta = "{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}";
      CallOutcome outcome = fixture.call(V2025_11_25, "{}", meta, 10_000, client);
      assertInstanceOf(CallOutcome.Replied.class, outcome);
      assertEquals(List.of("elicitation/create {\"message\":\"m\"}"), client.requests());
      List<String> answers =
          fixture.fake.received("").stream()
              .map(FakeServer.Received::body)
              .filter(body -> !body.isEmpty()) // the GET of the session's own stream has none
              .toList();
      assertEquals(
          List.of(
              "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}",
              "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"error\":"
                  + "{\"code\":-32601,\"message\":\"method not found\"}}"),
          answers);
    }
  }
}
