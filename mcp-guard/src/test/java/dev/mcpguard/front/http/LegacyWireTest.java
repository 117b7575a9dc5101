package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.post;
import static dev.mcpguard.front.http.Running.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.front.legacy.SessionLimits;
import dev.mcpguard.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyWireTest {
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}";

  private Running running;

  @BeforeEach
  void start() throws IOException {
    running =
        new Running(
            s ->
                s.withSessions(
                    new SessionLimits(2, 3, Duration.ofMinutes(1), Duration.ofHours(1))));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  static String initialize(String version) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
        + version
        + "\",\"capabilities\":{\"elicitation\":{}},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
  }

  private String session(String version, String who) throws IOException {
    Reply reply = running.exchange(post("/mcp/files", initialize(version)).replace("alice", who));
    assertEquals(200, reply.status(), reply.text());
    return reply.header("mcp-session-id");
  }

  private Reply inSession(String id, String body, String... headers) throws IOException {
    return running.exchange(
        post("/mcp/files", body, with(headers, new String[] {"Mcp-Session-Id: " + id})));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-11-25,2025-11-25", "2025-06-18,2025-06-18", "2025-03-26,2025-03-26",
    "2024-11-05,2025-11-25", "2026-07-28,2025-11-25", "1999-01-01,2025-11-25"
  })
  void versionIsNegotiatedAndTheSessionKnowsIt(String asked, String given) throws IOException {
    Reply reply = running.exchange(post("/mcp/files", initialize(asked)));
    JsonObject result = reply.member("result");
    assertEquals(given, result.string("protocolVersion"));
    assertFalse(result.has("resultType"));
    assertTrue(reply.member("result", "capabilities", "experimental").has("dev.mcpguard/declared-intent"));
    String id = reply.header("mcp-session-id");
    assertTrue(id.matches("[A-Za-z0-9_-]{43}"));
    Reply list = inSession(id, LIST, "MCP-Protocol-Version: " + given);
    assertEquals(200, list.status());
    assertFalse(list.member("result").has("ttlMs"));
    assertFalse(list.member("result").has("cacheScope"));
    assertEquals(given, running.gate.asked.getLast().facts().version().text());
  }

  @Test
  void callsPingAndLoggingWorkInsideASession() throws IOException {
    String id = session("2025-11-25", "alice");
    assertEquals(
        202, inSession(id, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").status());
    Reply call = inSession(id, CALL);
    assertEquals("files/t", call.member("result").string("tool"));
    assertFalse(call.member("result").has("resultType"));
    assertEquals(200, inSession(id, "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}").status());
    Reply level =
        inSession(
            id,
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"info\"}}");
    assertEquals(200, level.status());
    assertEquals(id, running.gate.asked.getLast().facts().session().id());
  }

  @Test
  void unknownMethodIsInBandBecause404MeansALostSession() throws IOException {
    String id = session("2025-11-25", "alice");
    Reply reply = inSession(id, "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"server/discover\"}");
    assertEquals(200, reply.status());
    assertTrue(reply.text().contains("-32601"));
  }

  @Test
  void d4SessionIdIsMissingUnknownForeignOrElsewhere() throws IOException {
    String id = session("2025-11-25", "alice");
    running.gate.asked.clear();
    assertEquals(400, running.exchange(post("/mcp/files", CALL)).status());
    assertEquals(404, inSession("x".repeat(43), CALL).status());
    assertEquals(404, inSession("short", CALL).status());
    Reply foreign =
        running.exchange(
            post("/mcp/files", CALL, "Mcp-Session-Id: " + id).replace("alice", "mallory"));
    Reply unknown = inSession("y".repeat(43), CALL);
    assertEquals(404, foreign.status());
    assertEquals(unknown.headers(), foreign.headers());
    assertEquals(unknown.text(), foreign.text());
    Reply elsewhere = running.exchange(post("/mcp/desk", CALL, "Mcp-Session-Id: " + id));
    assertEquals(404, elsewhere.status());
    Reply aggregate = running.exchange(post("/mcp", CALL, "Mcp-Session-Id: " + id));
    assertEquals(404, aggregate.status());
    assertEquals(400, inSession(id, CALL, "Mcp-Session-Id: " + id).status());
    assertEquals(8, running.gate.asked.size());
    assertEquals(200, inSession(id, CALL).status());
  }

  @Test
  void unauthenticatedInitializeLeavesNothing() throws IOException {
    Reply none =
        running.exchange(
            post("/mcp/files", initialize("2025-11-25")).replace("Authorization: Bearer token-alice\r\n", ""));
    assertEquals(401, none.status());
    Reply bad = running.exchange(post("/mcp/files", initialize("2025-11-25")).replace("token-alice", "forged"));
    assertEquals(401, bad.status());
    assertEquals("", bad.header("mcp-session-id"));
    assertEquals(0, running.front.metrics().sessions());
  }

  @Test
  void sessionsAreCappedPerPrincipalAndInTotal() throws IOException {
    String first = session("2025-11-25", "alice");
    session("2025-11-25", "alice");
    String third = session("2025-11-25", "alice");
    assertEquals(404, inSession(first, CALL).status());
    assertEquals(200, inSession(third, CALL).status());
    session("2025-11-25", "bob");
    Reply full = running.exchange(post("/mcp/files", initialize("2025-11-25")).replace("alice", "carol"));
    assertEquals(503, full.status());
    assertEquals(3, running.front.metrics().sessions());
  }

  @Test
  void deleteEndsTheSessionForItsOwnerOnly() throws IOException {
    String id = session("2025-11-25", "alice");
    String delete =
        bare("DELETE", "/mcp/files", "", "Host: localhost", "Authorization: Bearer token-alice",
            "Mcp-Session-Id: " + id);
    assertEquals(404, running.exchange(delete.replace("alice", "mallory")).status());
    assertEquals(200, inSession(id, CALL).status());
    assertEquals(200, running.exchange(delete).status());
    assertEquals(404, inSession(id, CALL).status());
  }

  @Test
  void c9VersionHeaderMustBeTheSessions() throws IOException {
    String id = session("2025-06-18", "alice");
    assertEquals(400, inSession(id, CALL, "MCP-Protocol-Version: 2025-11-25").status());
    assertEquals(400, inSession(id, CALL, "MCP-Protocol-Version: 1").status());
    Reply modern = inSession(id, CALL, "MCP-Protocol-Version: 2026-07-28");
    assertTrue(modern.status() == 400 && modern.text().contains("-32602"));
    assertEquals(200, inSession(id, CALL).status());
    Reply handshake =
        running.exchange(post("/mcp/files", initialize("2025-06-18"), "MCP-Protocol-Version: 2026-07-28"));
    assertTrue(handshake.status() == 400 && handshake.text().contains("-32020"));
  }

  @Test
  void c5BatchIsSplitIntoItsElementsIn20250326() throws IOException {
    String id = session("2025-03-26", "alice");
    running.gate.asked.clear();
    String batch =
        "[" + CALL + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}," + LIST
            + ",{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"nope\"},7," + initialize("2025-03-26") + "]";
    Reply reply = inSession(id, batch);
    assertEquals(200, reply.status());
    assertTrue(reply.text().startsWith("[{\"jsonrpc\":\"2.0\",\"id\":3,\"result\""), reply.text());
    assertTrue(reply.text().contains("-32601") && reply.text().contains("-32600"));
    assertEquals(6, running.gate.asked.size());
    assertEquals(6, running.gate.asked.stream().map(r -> r.facts().decisionId()).distinct().count());
    assertEquals(1, running.front.metrics().sessions());
    assertEquals(202, inSession(id, "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void c5BatchInALaterRevisionIsRefused(String version) throws IOException {
    String id = session(version, "alice");
    running.gate.asked.clear();
    Reply reply = inSession(id, "[" + CALL + "]");
    assertTrue(reply.status() == 400 && reply.text().contains("-32600"));
    assertEquals(1, running.gate.misread().size());
    assertEquals(0, running.gate.calls().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 51})
  void c5BatchOfNoneOrTooManyIsRefused(int size) throws IOException {
    String id = session("2025-03-26", "alice");
    String batch = "[" + String.join(",", Collections.nCopies(size, CALL)) + "]";
    assertEquals(400, inSession(id, batch).status());
    assertEquals(0, running.gate.calls().size());
  }
}
