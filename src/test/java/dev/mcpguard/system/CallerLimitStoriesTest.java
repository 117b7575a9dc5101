package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row D8 of the threats, against a running guard: a subject stays one subject, and others get theirs. */
class CallerLimitStoriesTest {
  private static final int BURST = 12;

  @TempDir Path folder;

  private GuardFixture guard(String limits, Behaviour behaviour) throws Exception {
    GuardFixture guard = GuardFixture.prepare(folder, behaviour);
    guard.home().limitCallers(limits);
    return guard.serve();
  }

  private static GuardFixture spend(GuardFixture guard) throws IOException {
    for (int number = 0; number < BURST; number++) {
      assertEquals(200, guard.send(guard.good()).status());
    }
    return guard;
  }

  private static void assertLimited(GuardFixture guard, byte[] request, String limit)
      throws IOException {
    RawHttp.Response answer = guard.assertStopped(request, Set.of("rate-limited"));
    assertEquals(429, answer.status(), answer::text);
    assertTrue(Long.parseLong(answer.header("retry-after").orElse("0")) >= 1, answer::text);
    assertEquals("-31008", answer.json().at("error", "code").orElseThrow().toString());
    assertEquals(
        "rate-limited", answer.json().textAt("error", "data", "reason").orElse(""), answer::text);
    assertEquals(limit, answer.json().textAt("error", "data", "limit").orElse(""), answer::text);
  }

  /** Another token, id, client, address, header or session makes no other subject. */
  @Test
  void d8_noTokenIdClientHeaderOrSessionGetsMoreThanTheSubjectsShare() throws Exception {
    // the burst is spent first; what time gives back meanwhile is taken before each row
    try (GuardFixture guard =
        guard("requests-per-second: 1, request-burst: " + (BURST + 1), Behaviour.standard())) {
      RawHttp.Response opened =
          guard.send(Request.initialize().token(guard.goodToken()));
      String session = opened.header("mcp-session-id").orElseThrow();
      spend(guard);
      List<Request> dodges = new ArrayList<>();
      dodges.add(guard.good());
      dodges.add(guard.good().id("\"another\""));
      dodges.add(
          Request.call("echo", "{}").intent(GuardFixture.LOOK)
              .token(guard.token("keeper", "mcp:read mcp:admin")));
      dodges.add(
          Request.call("echo", "{}").intent(GuardFixture.LOOK)
              .token(
                  guard.home()
                      .tokenOf(
                          Map.of(
                              "sub", "keeper", "client_id", "another-client", "scope", "mcp:read",
                              "aud", guard.home().resource("rec")))));
      dodges.add(guard.good().header("X-Forwarded-For", "10.1.2.3"));
      dodges.add(guard.good().header("User-Agent", "somebody else"));
      dodges.add(Request.modern("tools/list").token(guard.goodToken()));
      dodges.add(Request.modern("server/discover").token(guard.goodToken()));
      dodges.add(Request.initialize().token(guard.goodToken()));
      dodges.add(Request.legacy("ping", session).token(guard.goodToken()));
      dodges.add(
          Request.legacy("tools/call", session).tool("echo", "{}").intent(GuardFixture.LOOK)
              .token(guard.goodToken()));
      for (Request dodge : dodges) {
        exhaust(guard);
        assertLimited(guard, dodge.bytes(GuardFixture.PATH, guard.port()), "requests-per-second");
      }
      Request other =
          Request.call("echo", "{\"n\":2}").intent(GuardFixture.LOOK)
              .token(guard.token("looker", "mcp:read"));
      guard.assertPermitted(other, "echo");
    }
  }

  /** Takes what time may have given back. */
  private static void exhaust(GuardFixture guard) throws IOException {
    while (guard.send(Request.modern("server/discover").token(guard.goodToken())).status() == 200) {
      // goes on until nothing is left
    }
  }

  /** A caller whose calls all hang keeps its own places; the others are served as if it were not there. */
  @Test
  void d8_aCallerThatFillsItsPlacesStarvesNobody() throws Exception {
    Behaviour hangs = Behaviour.standard().with(Hostility.HANG);
    try (GuardFixture guard = guard("running: 4", hangs);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<RawHttp> held = new ArrayList<>();
      for (int number = 0; number < 4; number++) {
        RawHttp connection = RawHttp.connect(guard.port());
        connection.send(guard.good().bytes(GuardFixture.PATH, guard.port()));
        held.add(connection);
      }
      while (guard.downstream().calls().size() < 4) {
        Thread.sleep(10);
      }
      assertLimited(guard, guard.good().bytes(GuardFixture.PATH, guard.port()), "running");
      List<Future<RawHttp.Response>> others = new ArrayList<>();
      String looker = guard.token("looker", "mcp:read");
      for (int number = 0; number < 4; number++) {
        others.add(
            threads.submit(() -> guard.send(Request.modern("tools/list").token(looker))));
      }
      for (Future<RawHttp.Response> other : others) {
        assertEquals(200, other.get().status());
      }
      for (RawHttp connection : held) {
        connection.close();
      }
    }
  }

  @Test
  void d8_streamsOfASubjectAreBoundedAndAnEndedOneMakesRoom() throws Exception {
    try (GuardFixture guard = guard("streams: 2", Behaviour.standard())) {
      Request listen =
          Request.modern("subscriptions/listen")
              .param("\"notifications\":{\"toolsListChanged\":true}")
              .token(guard.goodToken());
      byte[] request = listen.bytes(GuardFixture.PATH, guard.port());
      RawHttp first = RawHttp.connect(guard.port());
      RawHttp second = RawHttp.connect(guard.port());
      assertEquals(200, first.send(request).readStart().status());
      assertEquals(200, second.send(request).readStart().status());
      assertLimited(guard, request, "streams");
      String session =
          guard.send(Request.initialize().token(guard.goodToken()))
              .header("mcp-session-id").orElseThrow();
      byte[] get =
          Bytes.of(
              "GET " + GuardFixture.PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                  + "Authorization: Bearer " + guard.goodToken() + "\r\nMcp-Session-Id: " + session + "\r\n\r\n");
      assertEquals(429, guard.send(get).status());
      guard.assertPermitted(guard.good(), "echo");
      first.close();
      RawHttp third = RawHttp.connect(guard.port());
      int status = 429;
      for (int turn = 0; turn < 100 && status == 429; turn++) {
        Thread.sleep(20);
        third.close();
        third = RawHttp.connect(guard.port());
        status = third.send(request).readStart().status();
      }
      assertEquals(200, status);
      third.close();
      second.close();
    }
  }

  @Test
  void d8_whatWasLimitedIsCounted() throws Exception {
    try (GuardFixture guard =
        guard("requests-per-second: 1, request-burst: " + BURST, Behaviour.standard())) {
      exhaust(spend(guard));
      String page =
          guard.send(Bytes.of("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text();
      assertTrue(
          page.contains("mcpguard_callers_limited_total{limit=\"requests-per-second\"} 1"), page);
      assertTrue(page.contains("mcpguard_callers_limited_total{limit=\"streams\"} 0"), page);
    }
  }
}
