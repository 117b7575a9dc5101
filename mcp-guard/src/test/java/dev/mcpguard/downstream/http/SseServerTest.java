package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.raw;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.RecordingChannel;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.registry.Era;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that speak only the transport of 2024-11-05 (threats C16, D1, D9). */
class SseServerTest {
  private static final String AGREED =
      "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{}}";

  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<OutputStream> stream = new AtomicReference<>();
  private Fixture fixture;

  @AfterEach
  void stop() throws IOException {
    end.countDown();
    fixture.close();
  }

  /** What the server does when a call is posted. */
  private interface OnCall {
    void run(FakeServer.Received request, OutputStream events) throws IOException;
  }

  private static void plainly(FakeServer.Received request, OutputStream events) throws IOException {
    event(events, result(request, Fixture.OK));
  }

  private void open(Era era, String endpoint, OnCall call) throws IOException {
    FakeServer fake =
        new FakeServer(
            (request, out) -> {
              if (request.head().startsWith("GET ")) {
                FakeServer.stream(out);
                stream.set(out);
                raw(out, "event: endpoint\ndata: " + endpoint + "\n\n");
                end.await(20, TimeUnit.SECONDS);
                return false;
              }
              if (request.head().startsWith("POST /mcp ")) {
                return json(out, 404, "");
              }
              Fixture.accepted(out);
              out.flush();
              OutputStream events = stream.get();
              if (request.method().equals("initialize")) {
                event(events, result(request, AGREED));
              } else if (request.method().equals("tools/call")) {
                call.run(request, events);
              }
              return true;
            });
    fixture = new Fixture(fake, era);
  }

  @ParameterizedTest
  @EnumSource(value = Era.class, names = {"AUTO", "HTTP_SSE"})
  void serverIsFoundAndCalledOverOneLink(Era era) throws IOException {
    open(era, "/messages?sessionId=1", SseServerTest::plainly);
    assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
    assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
    assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2026_07_28));
    assertTrue(
        fixture.fake.received("tools/call").getFirst().head().startsWith("POST /messages?sessionId=1 "));
    long links =
        fixture.fake.received().stream().filter(one -> one.head().startsWith("GET ")).count();
    assertEquals(2, links, "one for each revision of a caller");
    if (era == Era.HTTP_SSE) {
      assertEquals(0, fixture.fake.received("server/discover").size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/messages", "//evil.example/messages", "http://127.0.0.1:1/messages",
        "https://127.0.0.1/messages", "ftp://127.0.0.1/x", "http://user@127.0.0.1/x", "a b", "\u0000"
      })
  void c16AddressOfAnotherOriginIsNotUsed(String endpoint) throws IOException {
    open(Era.HTTP_SSE, endpoint, SseServerTest::plainly);
    CallOutcome.Failed failed =
        assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2025_11_25));
    assertEquals(ReasonCode.DOWNSTREAM_UNREACHABLE, failed.reason());
    assertEquals(Fate.NOT_FORWARDED, failed.fate());
    assertEquals(0, fixture.fake.received("initialize").size());
  }

  @Test
  void d1EachCallGetsItsOwnAnswerAndASecondOneReachesNobody() throws IOException {
    open(
        Era.HTTP_SSE, "/m",
        (request, events) -> {
          event(events, "{\"jsonrpc\":\"2.0\",\"id\":999999,\"result\":{\"content\":[]}}");
          event(events, result(request, Fixture.OK));
          event(events, result(request, "{\"content\":[{\"type\":\"text\",\"text\":\"late\"}]}"));
        });
    for (int i = 0; i < 3; i++) {
      CallOutcome.Replied replied =
          assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
      assertTrue(replied.result().toString().contains("ok"));
    }
  }

  @Test
  void progressAndQuestionsReachTheCallThatRunsAlone() throws IOException {
    open(
        Era.HTTP_SSE, "/m",
        (request, events) -> {
          event(
              events,
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"g"
                  + request.id() + "\",\"progress\":1}}");
          event(events, "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
          event(events, result(request, Fixture.OK));
        });
    RecordingChannel client = new RecordingChannel();
    fixture.call(V2025_11_25, "{}", "{\"progressToken\":\"mine\"}", 5_000, client);
    assertTrue(client.notifications().getFirst().contains("mine"), client.notifications().toString());
  }

  @Test
  void d9StreamThatEndsLeavesTheCallUnknownAndTheNextCallOpensAnother() throws Exception {
    AtomicReference<Boolean> lost = new AtomicReference<>(false);
    open(
        Era.HTTP_SSE, "/m",
        (request, events) -> {
          if (lost.compareAndSet(false, true)) {
            end.countDown(); // the stream ends without an answer
          } else {
            event(events, result(request, Fixture.OK));
          }
        });
    CallOutcome.Failed failed =
        assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2025_11_25));
    assertEquals(Fate.UNKNOWN, failed.fate());
    assertEquals(1, fixture.fake.received("tools/call").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"result\":{}}", "not json", "[]"})
  void c16WhatIsNoMessageEndsTheLink(String data) throws IOException {
    open(Era.HTTP_SSE, "/m", (request, events) -> event(events, data));
    CallOutcome.Failed failed =
        assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2025_11_25));
    assertEquals(ReasonCode.DOWNSTREAM_INVALID, failed.reason());
  }

  @Test
  void d7CallThatIsNotAnsweredEndsAtItsDeadlineAndIsCancelled() throws Exception {
    open(Era.HTTP_SSE, "/m", (request, events) -> {});
    CallOutcome outcome =
        fixture.call(V2025_11_25, "{}", "{}", 400, new RecordingChannel());
    CallOutcome.Failed failed = assertInstanceOf(CallOutcome.Failed.class, outcome);
    assertEquals(ReasonCode.DOWNSTREAM_TIMEOUT, failed.reason());
    for (int i = 0; fixture.fake.received("notifications/cancelled").isEmpty() && i < 200; i++) {
      Thread.sleep(10);
    }
    assertEquals(1, fixture.fake.received("notifications/cancelled").size());
  }
}
