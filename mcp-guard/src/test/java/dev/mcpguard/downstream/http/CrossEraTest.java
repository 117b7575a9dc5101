package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of protocol.md 4 that the back side owns. */
class CrossEraTest {
  private static CallOutcome ask(Fixture fixture, String method, ProtocolVersion version) {
    return fixture.server.send(
        ServerRequest.own(
            method,
            Calls.object("{\"uri\":\"db://a\",\"name\":\"p\"}"),
            Caller.guard(version),
            Deadline.in(Duration.ofSeconds(5))),
        ReplyChannel.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "resources/read, 2025-11-25, -32602, -32002",
    "resources/read, 2026-07-28, -32602, -32602",
    "prompts/get, 2025-11-25, -32602, -32602",
    "resources/read, 2025-11-25, -32603, -32603"
  })
  void missingResourceOfAModernServerIsToldInTheClientsEra(
      String method, String version, int said, String told) throws IOException {
    try (Fixture fixture =
        new Fixture(
            Fixture.modern((request, out) -> json(out, 200, FakeServer.error(request, said))))) {
      CallOutcome.ServerError error =
          assertInstanceOf(
              CallOutcome.ServerError.class,
              ask(fixture, method, ProtocolVersion.ofText(version)));
      assertEquals(told, ((JsonNumber) error.error().get("code")).text());
    }
  }

  @Test
  void serverThatBecameOlderIsAskedInItsEraOnceMore() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    FakeServer.Script older = Fixture.legacy((request, out) -> json(out, 200, result(request, Fixture.OK)));
    FakeServer.Script newer =
        Fixture.modern(
            (request, out) ->
                calls.incrementAndGet() == 1
                    ? json(out, 200, result(request, Fixture.OK))
                    : json(out, 400, FakeServer.error(request, -32022)));
    try (Fixture fixture =
        new Fixture(
            (request, out) ->
                calls.get() < 2 ? newer.answer(request, out) : older.answer(request, out))) {
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2026_07_28));
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2026_07_28));
      assertEquals(3, fixture.fake.received("tools/call").size());
    }
  }

  @Test
  void serverThatKeepsRefusingItsRevisionIsAskedTwiceAndNoMore() throws IOException {
    try (Fixture fixture =
        new Fixture(
            Fixture.modern((request, out) -> json(out, 400, FakeServer.error(request, -32022))))) {
      fixture.call(V2026_07_28);
      assertTrue(fixture.fake.received("tools/call").size() <= 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "500", "503"})
  void d10StatusThatSaysNothingOfAnEraIsNoEvidence(int status) throws IOException {
    AtomicInteger probes = new AtomicInteger();
    try (Fixture fixture =
        new Fixture(
            (request, out) ->
                probes.incrementAndGet() == 1
                    ? json(out, status, "{}")
                    : Fixture.modern((asked, to) -> json(to, 200, result(asked, Fixture.OK)))
                        .answer(request, out))) {
      assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2026_07_28));
      assertEquals(0, fixture.fake.received("initialize").size());
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2026_07_28));
    }
  }

  @Test
  void modernClientGivesAServerWithSessionsNothingToAsk() throws IOException {
    try (Fixture fixture =
        new Fixture(Fixture.legacy((request, out) -> json(out, 200, result(request, Fixture.OK))))) {
      String declared =
          "{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{},\"sampling\":{},\"roots\":{}}}";
      fixture.call(V2026_07_28, "{}", declared, 5_000, ReplyChannel.NONE);
      fixture.call(V2025_11_25, "{}", declared, 5_000, ReplyChannel.NONE);
      assertTrue(
          fixture.fake.received("initialize").getFirst().body().contains("\"capabilities\":{}"));
      assertTrue(
          fixture.fake.received("initialize").getLast().body().contains("\"elicitation\":{}"));
    }
  }
}
