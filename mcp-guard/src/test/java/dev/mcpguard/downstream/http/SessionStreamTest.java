package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.downstream.http.FakeServer.stream;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.RecordingChannel;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.CallOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers that ask in the middle of a call, but on the stream of the session. */
class SessionStreamTest {
  private static final String CAN_BE_ASKED =
      "{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}";
  private static final String QUESTION =
      "{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\"}}";

  private final CompletableFuture<OutputStream> sessionStream = new CompletableFuture<>();
  private final CompletableFuture<JsonObject> answered = new CompletableFuture<>();

  /** Asks on the session's stream as soon as {@code together} calls run, and answers them then. */
  private FakeServer.Script asking(int together) {
    CountDownLatch running = new CountDownLatch(together);
    FakeServer.Script legacy =
        Fixture.legacy(
            (request, out) -> {
              running.countDown();
              running.await();
              synchronized (this) {
                if (!answered.isDone()) {
                  event(after(sessionStream), QUESTION);
                }
              }
              after(answered);
              return json(out, 200, result(request, Fixture.OK));
            });
    return (request, out) -> {
      if (request.line().startsWith("GET")) {
        stream(out);
        sessionStream.complete(out);
        Thread.sleep(20_000);
        return false;
      }
      if (request.message().has("result") || request.message().has("error")) {
        answered.complete(request.message());
        return Fixture.accepted(out);
      }
      return legacy.answer(request, out);
    };
  }

  private static <T> T after(CompletableFuture<T> future) {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  private static RecordingChannel client() {
    return new RecordingChannel(
        JsonObject.builder()
            .put("result", JsonObject.builder().put("action", "accept").build())
            .build());
  }

  @Test
  void questionOnTheSessionsStreamIsTheOnlyRunningCalls() throws IOException {
    RecordingChannel client = client();
    try (Fixture fixture = new Fixture(asking(1))) {
      assertInstanceOf(
          CallOutcome.Replied.class,
          fixture.call(V2025_11_25, "{}", CAN_BE_ASKED, 10_000, client));
      assertTrue(text().contains("\"id\":\"q1\""), text());
      assertTrue(text().contains("\"action\":\"accept\""), text());
    }
  }

  private String text() {
    return JsonText.text(after(answered));
  }

  @Test
  void d2WithTwoCallsNothingSaysWhoseItIsAndNobodyIsAsked() throws Exception {
    RecordingChannel one = client();
    RecordingChannel other = client();
    try (Fixture fixture = new Fixture(asking(2))) {
      Thread second =
          Thread.ofVirtual()
              .start(() -> fixture.call(V2025_11_25, "{}", CAN_BE_ASKED, 10_000, other));
      fixture.call(V2025_11_25, "{}", CAN_BE_ASKED, 10_000, one);
      second.join();
      assertTrue(after(answered).has("error"), text());
    }
  }

  @Test
  void callerThatCanBeAskedNothingOpensNoStream() throws IOException {
    try (Fixture fixture =
        new Fixture(Fixture.legacy((request, out) -> json(out, 200, result(request, Fixture.OK))))) {
      fixture.call(V2025_11_25);
      assertEquals(
          0L,
          fixture.fake.received().stream().filter(each -> each.line().startsWith("GET")).count());
    }
  }

  @Test
  void serverWithoutSuchAStreamIsAskedForItOnce() throws IOException {
    try (Fixture fixture =
        new Fixture(Fixture.legacy((request, out) -> json(out, 200, result(request, Fixture.OK))))) {
      for (int number = 0; number < 3; number++) {
        assertInstanceOf(
            CallOutcome.Replied.class,
            fixture.call(V2025_11_25, "{}", CAN_BE_ASKED, 10_000, client()));
      }
      assertEquals(
          1L,
          fixture.fake.received().stream().filter(each -> each.line().startsWith("GET")).count());
    }
  }
}
