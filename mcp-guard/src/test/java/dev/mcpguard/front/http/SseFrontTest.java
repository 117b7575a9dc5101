package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.json;
import static dev.mcpguard.front.http.Running.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.FakeGate;
import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.front.legacy.SessionLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.ProtocolVersion;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport of 2024-11-05 (threats B14, D4, A1). */
class SseFrontTest {
  private static final String OPEN =
      bare(
          "GET", "/mcp/files", "", "Host: localhost", "Authorization: Bearer token-alice",
          "Accept: text/event-stream");
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}";

  private Running running;
  private RawHttp stream;
  private String endpoint;

  @BeforeEach
  void start() throws IOException {
    running =
        new Running(
            s ->
                s.withSse(true)
                    .withSessions(
                        new SessionLimits(2, 3, Duration.ofMinutes(1), Duration.ofHours(1))));
    stream = running.connect();
    endpoint = open(stream);
  }

  @AfterEach
  void stop() throws IOException {
    stream.close();
    running.close();
  }

  private static String open(RawHttp http) throws IOException {
    Reply head = http.send(OPEN).read();
    assertEquals("text/event-stream", head.header("content-type"), head.text());
    String first = http.rawEvent();
    assertTrue(first.startsWith("event: endpoint\ndata: /mcp/files/messages/"), first);
    return first.substring(first.indexOf("data: ") + 6).strip();
  }

  private Reply say(String body) throws IOException {
    return running.exchange(post(endpoint, body));
  }

  private static String initialize(String version) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
        + version
        + "\",\"capabilities\":{\"roots\":{}},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
  }

  @Test
  void messagesArePostedAndAnsweredOnTheStream() throws Exception {
    assertEquals(202, say(initialize("2024-11-05")).status());
    JsonObject agreed = stream.event();
    assertEquals("2024-11-05", agreed.object("result").string("protocolVersion"));
    assertEquals(202, say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").status());
    Reply posted = say(CALL);
    assertEquals(202, posted.status());
    assertEquals("", posted.text());
    JsonObject answer = stream.event();
    assertEquals("files/t", answer.object("result").string("tool"));
    assertFalse(answer.object("result").has("resultType"));
    assertEquals(
        ProtocolVersion.V2024_11_05, running.gate.calls().getLast().facts().version());
    assertEquals(202, say("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"no/such\"}").status());
    assertTrue(stream.event().has("error"));
  }

  @Test
  void questionsAndProgressGoOnTheStreamBeforeTheAnswer() throws Exception {
    say(initialize("2024-11-05"));
    stream.event();
    running.gate.tool =
        (call, channel) -> {
          channel.notification(json("{'method':'notifications/progress','params':{'progress':1}}"));
          JsonObject roots = channel.request("roots/list", JsonObject.of());
          assertEquals(null, channel.request("elicitation/create", JsonObject.of()));
          return new Answer.Result(
              call.facts().decisionId(),
              roots == null ? JsonObject.of() : roots,
              FakeGate.principal("alice"));
        };
    assertEquals(202, say(CALL).status());
    assertEquals("notifications/progress", stream.event().string("method"));
    JsonObject question = stream.event();
    assertEquals("roots/list", question.string("method"));
    say("{\"jsonrpc\":\"2.0\",\"id\":\"" + question.string("id") + "\",\"result\":{\"roots\":[]}}");
    assertTrue(JsonText.text(stream.event()).contains("roots"));
  }

  @Test
  void d4EveryPostIsAuthenticatedOnItsOwnAndAForeignOneTouchesNothing() throws Exception {
    say(initialize("2024-11-05"));
    stream.event();
    Reply stranger = running.exchange(post(endpoint, CALL).replace("Bearer token-alice", "Bearer forged"));
    assertEquals(401, stranger.status());
    assertTrue(stranger.header("www-authenticate").contains("invalid_token"));
    Reply foreign = running.exchange(post(endpoint, CALL).replace("token-alice", "token-mallory"));
    assertEquals(404, foreign.status());
    Reply unknown = running.exchange(post(endpoint.replaceAll(".{4}$", "AAAA"), CALL));
    assertEquals(404, unknown.status());
    assertEquals(foreign.text(), unknown.text());
    Reply elsewhere = running.exchange(post(endpoint.replace("files", "desk"), CALL));
    assertEquals(404, elsewhere.status());
    assertEquals(
        404,
        running
            .exchange(
                post(
                    "/mcp/files", CALL,
                    "Mcp-Session-Id: " + endpoint.substring(endpoint.lastIndexOf('/') + 1)))
            .status());
    // what the others tried is not on the stream: the owner's next answer is the next event
    say("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}");
    assertTrue(JsonText.text(stream.event()).contains("\"id\":77"));
    assertEquals(0, running.gate.calls().stream()
        .filter(call -> call.facts().credential().token().equals("token-alice")).count());
  }

  @Test
  void streamIsTheSessionAndEndsItAndSessionsAreBounded() throws Exception {
    try (RawHttp second = running.connect();
        RawHttp third = running.connect()) {
      open(second);
      open(third);
      // one principal has two at most: the oldest stream ended
      assertTrue(stream.event().members().isEmpty());
      assertEquals(404, say(CALL).status());
    }
    for (int i = 0; running.front.metrics().sessions() > 0 && i < 500; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, running.front.metrics().sessions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]", "{", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", "{\"a\":1,\"a\":2}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}"
      })
  void whatIsNoMessageReachesNobody(String body) throws IOException {
    int status = say(body).status();
    assertTrue(status == 400 || status == 202, "status " + status);
    assertEquals(0, running.gate.calls().size());
  }

  @Test
  void handshakeIsMadeOnce() throws Exception {
    say(initialize("2025-11-25"));
    assertEquals("2025-11-25", stream.event().object("result").string("protocolVersion"));
    say(initialize("2024-11-05"));
    assertTrue(stream.event().has("error"));
  }

  @Test
  void withoutTheSwitchThereIsNoSuchTransport() throws IOException {
    try (Running off = new Running()) {
      assertEquals(405, off.exchange(OPEN).status());
      assertEquals(404, off.exchange(post(endpoint, CALL)).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/files/messages/", "/mcp/files/messages/x/messages/y", "/mcp//messages/x",
      "/messages/x", "/mcp/files/messages/%2e"})
  void c12OddSpellingsOfTheAddressAreNotFound(String path) throws IOException {
    assertEquals(404, running.exchange(post(path, CALL)).status());
    assertEquals(0, running.gate.calls().size());
  }
}
