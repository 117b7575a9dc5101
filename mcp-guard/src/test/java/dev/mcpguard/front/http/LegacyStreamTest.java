package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.post;
import static dev.mcpguard.front.http.Running.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.FakeGate;
import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.front.legacy.SessionLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams, questions and cancellation inside a legacy session (threats D3, D4). */
class LegacyStreamTest {
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

  private static String initialize(String version) {
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

  @Test
  void progressAndQuestionsComeBeforeTheAnswerOnOneStream() throws Exception {
    String id = session("2025-11-25", "alice");
    running.gate.tool =
        (call, channel) -> {
          channel.notification(Running.json("{'method':'notifications/progress','params':{'progress':1}}"));
          JsonObject answer = channel.request("elicitation/create", Running.json("{'message':'sure?'}"));
          assertEquals(null, channel.request("sampling/createMessage", JsonObject.of()));
          return new Answer.Result(
              call.facts().decisionId(), answer == null ? JsonObject.of() : answer, FakeGate.principal("alice"));
        };
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + id));
      Reply head = http.read();
      assertEquals("text/event-stream", head.header("content-type"));
      assertEquals("no", head.header("x-accel-buffering"));
      assertEquals("notifications/progress", http.event().string("method"));
      JsonObject question = http.event();
      assertEquals("elicitation/create", question.string("method"));
      String asked = question.string("id");
      assertNotEquals("3", asked);
      String answer = "{\"jsonrpc\":\"2.0\",\"id\":\"" + asked + "\",\"result\":{\"action\":\"accept\"}}";
      Reply foreign =
          running.exchange(post("/mcp/files", answer.replace("accept", "forged"), "Mcp-Session-Id: " + id)
              .replace("token-alice", "token-mallory"));
      assertEquals(404, foreign.status());
      assertEquals(202, inSession(id, answer).status());
      JsonObject last = http.event();
      assertTrue(last.toString().contains("accept"), last.toString());
      assertTrue(http.event().members().isEmpty());
      http.send(post("/mcp/files", LIST, "Mcp-Session-Id: " + id));
      assertEquals(200, http.read().status());
    }
  }

  @Test
  void d3CancellationIsTheOwnersAlone() throws Exception {
    String own = session("2025-11-25", "alice");
    String other = session("2025-11-25", "bob");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    running.gate.tool =
        (call, channel) -> {
          channel.onCancel(cancelled::countDown);
          begun.countDown();
          StreamTest.await(cancelled);
          return FakeGate.refused(call.facts(), Refusal.of(ReasonCode.CLIENT_GONE, ""), null);
        };
    String cancel = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}";
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + own));
      assertTrue(begun.await(5, TimeUnit.SECONDS));
      running.exchange(post("/mcp/files", cancel, "Mcp-Session-Id: " + other).replace("alice", "bob"));
      running.exchange(post("/mcp/files", cancel, "Mcp-Session-Id: " + own).replace("alice", "bob"));
      assertFalse(cancelled.await(200, TimeUnit.MILLISECONDS));
      assertEquals(202, inSession(own, cancel).status());
      assertTrue(cancelled.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void disconnectIsNoCancellationInALegacySession() throws Exception {
    String id = session("2025-11-25", "alice");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    running.gate.tool =
        (call, channel) -> {
          channel.onCancel(cancelled::countDown);
          begun.countDown();
          StreamTest.await(release);
          return FakeGate.echo(call);
        };
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + id));
      assertTrue(begun.await(5, TimeUnit.SECONDS));
    }
    assertFalse(cancelled.await(300, TimeUnit.MILLISECONDS));
    release.countDown();
  }

  @Test
  void getStreamTellsOfChangedToolsAndEndsWithTheSession() throws Exception {
    String id = session("2025-11-25", "alice");
    String get =
        bare("GET", "/mcp/files", "", "Host: localhost", "Authorization: Bearer token-alice",
            "Accept: text/event-stream", "Mcp-Session-Id: " + id);
    assertEquals(406, running.exchange(get.replace("text/event-stream", "application/json")).status());
    assertEquals(404, running.exchange(get.replace("alice", "mallory")).status());
    try (RawHttp http = running.connect()) {
      assertEquals(200, http.send(get).read().status());
      running.front.announceListChanged("desk", "tools");
      running.front.announceListChanged("files", "tools");
      assertEquals("notifications/tools/list_changed", http.event().string("method"));
      running.exchange(
          bare("DELETE", "/mcp/files", "", "Host: localhost", "Authorization: Bearer token-alice",
              "Mcp-Session-Id: " + id));
      assertTrue(http.event().members().isEmpty());
    }
  }

  @Test
  void d2UpdatesOfAResourceReachItsSubscribersOnly() throws Exception {
    String id = session("2025-11-25", "alice");
    String get =
        bare("GET", "/mcp/files", "", "Host: localhost", "Authorization: Bearer token-alice",
            "Accept: text/event-stream", "Mcp-Session-Id: " + id);
    try (RawHttp http = running.connect()) {
      http.send(get).read();
      running.front.announceResourceUpdated("files", "db://a");
      assertEquals(200, inSession(id, subscription("subscribe")).status());
      running.front.announceResourceUpdated("files", "db://b");
      running.front.announceResourceUpdated("files", "db://a");
      JsonObject update = http.event();
      assertEquals("notifications/resources/updated", update.string("method"));
      assertEquals("{\"uri\":\"db://a\"}", JsonText.text(update.object("params")));
      assertEquals(200, inSession(id, subscription("unsubscribe")).status());
      running.front.announceResourceUpdated("files", "db://a");
      running.front.announceListChanged("files", "prompts");
      assertEquals("notifications/prompts/list_changed", http.event().string("method"));
    }
  }

  private static String subscription(String verb) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"resources/" + verb
        + "\",\"params\":{\"uri\":\"db://a\"}}";
  }

  @Test
  void whatTheHandshakeDeclaredGoesWithEachRequestWhateverTheRequestSays() throws Exception {
    String id = session("2025-11-25", "alice");
    String level =
        "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"error\"}}";
    assertEquals(200, inSession(id, level).status());
    String lying =
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":{},"
            + "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{\"invented\":{}}}}}";
    assertEquals(200, inSession(id, lying).status());
    JsonObject meta = running.gate.calls().getLast().meta();
    assertFalse(meta.object("io.modelcontextprotocol/clientCapabilities").has("invented"));
    assertEquals("error", meta.string("io.modelcontextprotocol/logLevel"));
  }
}
