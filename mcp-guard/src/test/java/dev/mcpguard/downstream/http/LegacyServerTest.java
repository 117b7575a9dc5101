package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.model.ProtocolVersion.V2025_06_18;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Servers with an {@code initialize} handshake. */
class LegacyServerTest {
  private static final FakeServer.Script OK =
      Fixture.legacy((request, out) -> json(out, 200, result(request, Fixture.OK)));

  @Test
  void sessionIsOpenedOnceAndNamedOnEveryRequest() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      fixture.call(V2025_11_25);
      fixture.call(V2025_11_25);
      assertEquals(1, fixture.fake.received("initialize").size());
      assertEquals(1, fixture.fake.received("notifications/initialized").size());
      FakeServer.Received call = fixture.fake.received("tools/call").getLast();
      assertEquals("s1", call.header("Mcp-Session-Id"));
      assertEquals("2025-11-25", call.header("MCP-Protocol-Version"));
      assertNull(call.header("Mcp-Method"));
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"id\":" + call.id() + ",\"method\":\"tools/call\",\"params\":"
              + "{\"name\":\"echo\",\"arguments\":{}}}",
          call.body());
    }
  }

  @Test
  void clientsOfOtherRevisionsHaveSessionsOfTheirOwn() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      fixture.call(V2025_11_25);
      fixture.call(V2025_06_18);
      assertEquals(2, fixture.fake.received("initialize").size());
      assertEquals(0, fixture.fake.received("server/discover").size());
    }
  }

  @Test
  void modernClientOfALegacyServerIsBridged() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      String meta =
          "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"traceparent\":\"t\"}";
      CallOutcome outcome = fixture.call(V2026_07_28, "{}", meta, 5_000, ReplyChannel.NONE);
      assertInstanceOf(CallOutcome.Replied.class, outcome);
      String body = fixture.fake.received("tools/call").getFirst().body();
      assertEquals(true, body.endsWith("\"_meta\":{\"traceparent\":\"t\"}}}"), body);
    }
  }

  @Test
  void lostSessionIsOpenedAgainAndTheCallSentOnceMore() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    try (Fixture fixture =
        new Fixture(
            Fixture.legacy(
                (request, out) ->
                    calls.incrementAndGet() == 2
                        ? json(out, 404, "")
                        : json(out, 200, result(request, Fixture.OK))))) {
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
      assertEquals(3, calls.get());
      assertEquals(2, fixture.fake.received("initialize").size());
    }
  }

  @Test
  void sessionThatIsAlwaysLostIsNotTriedForever() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    try (Fixture fixture =
        new Fixture(
            Fixture.legacy(
                (request, out) -> {
                  calls.incrementAndGet();
                  return json(out, 404, "");
                }))) {
      assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2025_11_25));
      assertEquals(2, calls.get());
    }
  }

  @Test
  void d9CallThatMayHaveRunIsNeverSentAgain() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    try (Fixture fixture =
        new Fixture(
            Fixture.legacy(
                (request, out) -> calls.incrementAndGet() == 0))) {
      CallOutcome.Failed failed =
          assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2025_11_25));
      assertEquals(Fate.UNKNOWN, failed.fate());
      assertEquals(1, calls.get());
    }
  }

  @Test
  void failedHandshakeForwardsNothing() throws IOException {
    try (Fixture fixture = new Fixture((request, out) -> json(out, 503, ""))) {
      CallOutcome.Failed failed =
          assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2025_11_25));
      assertEquals(ReasonCode.DOWNSTREAM_UNREACHABLE, failed.reason());
      assertEquals(Fate.NOT_FORWARDED, failed.fate());
      assertEquals(0, fixture.fake.received("tools/call").size());
    }
  }

  @Test
  void eraIsNotJudgedByAServerThatFails() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (Fixture fixture =
        new Fixture(
            (request, out) ->
                requests.incrementAndGet() == 1
                    ? json(out, 503, "")
                    : Fixture.modern(
                            (call, to) -> json(to, 200, result(call, Fixture.OK)))
                        .answer(request, out))) {
      assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2026_07_28));
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2026_07_28));
      assertEquals(0, fixture.fake.received("initialize").size());
    }
  }
}
