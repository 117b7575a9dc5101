package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.bridge.BridgedServer;
import dev.mcpguard.downstream.bridge.Parking;
import dev.mcpguard.downstream.bridge.Tickets;
import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.downstream.wire.RecordingChannel;
import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modern clients of servers that ask in the middle of a call: protocol.md 4 (threats B14, D4). */
class ParkedCallTest {
  private static final String CAN_ELICIT =
      "{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}},\"progressToken\":\"p1\"}";
  private static final String ANSWER = "{\"inputResponses\":{\"input\":{\"action\":\"accept\"}}}";

  private final CountDownLatch answered = new CountDownLatch(1);
  private Fixture fixture;
  private BridgedServer<HttpToolServer> server;

  @AfterEach
  void stop() throws IOException {
    answered.countDown();
    fixture.close();
  }

  private void open(FakeServer.Script script, Parking parking) throws IOException {
    fixture = new Fixture(script, HttpLimits.standard(), ServerSecret.NONE, parking.on());
    server =
        new BridgedServer<>(
            fixture.server,
            new Tickets(parking, new SecureRandom(), InstantSource.system()),
            parking.on(),
            InstantSource.system());
  }

  /** Asks once in the middle of each call, and ends it when it has the answer. */
  private FakeServer.Script asking(String method, String params) {
    return (request, out) -> {
      String body = request.body();
      switch (request.method()) {
        case "server/discover" -> {
          return json(out, 400, "{}");
        }
        case "initialize" -> {
          return json(
              out, 200, "Mcp-Session-Id: s1\r\n",
              result(
                  request,
                  "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{}}"));
        }
        case "tools/call" -> {
          FakeServer.stream(out);
          event(
              out,
              "{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"method\":\"" + method + "\",\"params\":" + params + "}");
          if (answered.await(5, TimeUnit.SECONDS)) {
            event(
                out,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"g"
                    + request.id() + "\",\"progress\":1}}");
            event(out, result(request, Fixture.OK));
          }
          return false;
        }
        default -> {
          if (body.contains("\"q1\"")) {
            answered.countDown();
          }
          return Fixture.accepted(out);
        }
      }
    };
  }

  private FakeServer.Script eliciting() {
    return asking("elicitation/create", "{\"message\":\"sure?\",\"_meta\":{\"x\":1}}");
  }

  private static Parking on(int calls, int perPrincipal) {
    return new Parking(true, calls, perPrincipal);
  }

  private static ClearedCall first(String meta) {
    return Calls.call(V2026_07_28, "{\"a\":1}", meta, 8_000);
  }

  private static JsonObject waiting(CallOutcome outcome) {
    return assertInstanceOf(CallOutcome.Waiting.class, outcome).result();
  }

  private static JsonObject retry(JsonObject demand, String responses) {
    return Calls.object(responses).with("requestState", demand.get("requestState"));
  }

  @Test
  void callIsHeldAndGoesOnWithTheRetry() throws IOException {
    open(eliciting(), on(8, 4));
    RecordingChannel one = new RecordingChannel();
    ClearedCall call = first(CAN_ELICIT);
    JsonObject demand = waiting(server.call(call, one));
    assertEquals("input_required", demand.string("resultType"));
    assertEquals(
        "{\"input\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"sure?\"}}}",
        JsonText.text(demand.object("inputRequests")));
    one.cancel(); // the stream of the first request ends with its answer
    RecordingChannel two = new RecordingChannel();
    ClearedCall again = Calls.again(call, "alice", "{\"a\":1}", retry(demand, ANSWER));
    assertInstanceOf(CallOutcome.Replied.class, server.call(again, two));
    assertEquals(1, fixture.fake.received("tools/call").size());
    String handshake = fixture.fake.received("initialize").getFirst().body();
    assertTrue(handshake.contains("\"capabilities\":{\"elicitation\":{}}"), handshake);
    assertEquals(0, one.notifications().size());
    assertTrue(two.notifications().getFirst().contains("\"p1\""), two.notifications().toString());
    String said =
        fixture.fake.received().stream()
            .map(FakeServer.Received::body)
            .filter(body -> body.contains("\"q1\""))
            .findFirst()
            .orElseThrow();
    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"result\":{\"action\":\"accept\"}}", said);
  }

  @Test
  void withoutTheSwitchTheServerLearnsOfNoCapabilityAndIsRefused() throws IOException {
    open(eliciting(), Parking.OFF);
    assertInstanceOf(
        CallOutcome.Replied.class, server.call(first(CAN_ELICIT), new RecordingChannel()));
    String handshake = fixture.fake.received("initialize").getFirst().body();
    assertTrue(handshake.contains("\"capabilities\":{}"), handshake);
    assertTrue(
        fixture.fake.received().stream().anyMatch(request -> request.body().contains("-32601")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tampered", "foreign", "replayed", "other arguments", "garbage", "a server's", "empty"})
  void d4StateThatIsNotGoodIsRefusedWithoutADifference(String which) throws IOException {
    open(eliciting(), on(8, 4));
    ClearedCall call = first(CAN_ELICIT);
    JsonObject demand = waiting(server.call(call, new RecordingChannel()));
    String state = demand.string("requestState");
    JsonObject good = retry(demand, ANSWER);
    JsonObject sent =
        switch (which) {
          case "tampered" -> good.with("requestState", text(flipped(state)));
          case "garbage" -> good.with("requestState", text("mcpguard.@@"));
          case "a server's" -> good.with("requestState", text("eyJhbGciOi"));
          case "empty" -> good.with("requestState", text("mcpguard."));
          default -> good;
        };
    if (which.equals("replayed")) {
      server.call(Calls.again(call, "alice", "{\"a\":1}", good), new RecordingChannel());
    }
    ClearedCall again =
        Calls.again(
            call,
            which.equals("foreign") ? "mallory" : "alice",
            which.equals("other arguments") ? "{\"a\":2}" : "{\"a\":1}",
            sent);
    CallOutcome.Failed refused =
        assertInstanceOf(
            CallOutcome.Failed.class, server.call(again, new RecordingChannel()));
    assertEquals(ReasonCode.PARAMS_INVALID, refused.reason());
    assertEquals(Fate.NOT_FORWARDED, refused.fate());
    assertEquals(1, fixture.fake.received("tools/call").size());
    if (!which.equals("replayed")) {
      // what was tried spends nothing: the owner still can go on
      assertInstanceOf(
          CallOutcome.Replied.class,
          server.call(Calls.again(call, "alice", "{\"a\":1}", good), new RecordingChannel()));
    }
  }

  private static String flipped(String state) {
    int at = state.length() / 2;
    char other = state.charAt(at) == 'A' ? 'B' : 'A';
    return state.substring(0, at) + other + state.substring(at + 1);
  }

  private static JsonString text(String value) {
    return new JsonString(value);
  }

  @Test
  void retryWithoutTheAnswerIsAskedAgainUnderANewState() throws IOException {
    open(eliciting(), on(8, 4));
    ClearedCall call = first(CAN_ELICIT);
    JsonObject demand = waiting(server.call(call, new RecordingChannel()));
    JsonObject once =
        waiting(
            server.call(
                Calls.again(call, "alice", "{\"a\":1}", retry(demand, "{\"inputResponses\":{\"other\":{}}}")),
                new RecordingChannel()));
    assertEquals(demand.object("inputRequests"), once.object("inputRequests"));
    assertNotEquals(demand.string("requestState"), once.string("requestState"));
    assertInstanceOf(
        CallOutcome.Replied.class,
        server.call(
            Calls.again(call, "alice", "{\"a\":1}", retry(once, ANSWER)), new RecordingChannel()));
  }

  @Test
  void oneMoreHeldCallThanAllowedIsToldThatNobodyCanBeAsked() throws IOException {
    open(eliciting(), on(8, 1));
    waiting(server.call(first(CAN_ELICIT), new RecordingChannel()));
    assertInstanceOf(
        CallOutcome.Replied.class, server.call(first(CAN_ELICIT), new RecordingChannel()));
    assertTrue(
        fixture.fake.received().stream().anyMatch(request -> request.body().contains("-32601")));
  }

  @Test
  void heldCallEndsWithItsDeadlineAndItsStateWithIt() throws Exception {
    open(eliciting(), on(8, 4));
    ClearedCall call = Calls.call(V2026_07_28, "{\"a\":1}", CAN_ELICIT, 300);
    JsonObject demand = waiting(server.call(call, new RecordingChannel()));
    assertFalse(answered.await(600, TimeUnit.MILLISECONDS) && answered.getCount() > 0);
    CallOutcome late =
        server.call(
            Calls.again(call, "alice", "{\"a\":1}", retry(demand, ANSWER)), new RecordingChannel());
    assertEquals(
        ReasonCode.PARAMS_INVALID, assertInstanceOf(CallOutcome.Failed.class, late).reason());
  }

  @Test
  void kindTheClientDidNotDeclareIsNotAsked() throws IOException {
    open(asking("sampling/createMessage", "{}"), on(8, 4));
    assertInstanceOf(
        CallOutcome.Replied.class, server.call(first(CAN_ELICIT), new RecordingChannel()));
  }

  @Test
  void demandForElicitationByUrlBecomesInputAndTheRetryIsAPlainCall() throws IOException {
    String error =
        "{\"code\":-32042,\"message\":\"m\",\"data\":{\"elicitations\":[{\"mode\":\"url\",\"elicitationId\":\"e\","
            + "\"url\":\"https://x.example\",\"message\":\"go\"}]}}";
    boolean[] first = {true};
    open(
        Fixture.legacy(
            (request, out) -> {
              String answer =
                  first[0]
                      ? "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"error\":" + error + "}"
                      : result(request, Fixture.OK);
              first[0] = false;
              return json(out, 200, answer);
            }),
        Parking.OFF);
    String byUrl = CAN_ELICIT.replace("{\"elicitation\":{}}", "{\"elicitation\":{\"url\":{}}}");
    ClearedCall call = first(byUrl);
    JsonObject demand =
        assertInstanceOf(CallOutcome.Replied.class, server.call(call, new RecordingChannel())).result();
    assertEquals(
        "{\"input1\":{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\","
            + "\"url\":\"https://x.example\",\"message\":\"go\"}}}",
        JsonText.text(demand.object("inputRequests")));
    ClearedCall again =
        Calls.again(
            call, "alice", "{\"a\":1}",
            retry(demand, "{\"inputResponses\":{\"input1\":{\"action\":\"accept\"}}}"));
    assertInstanceOf(CallOutcome.Replied.class, server.call(again, new RecordingChannel()));
    String sent = fixture.fake.received("tools/call").getLast().body();
    assertFalse(sent.contains("inputResponses") || sent.contains("requestState"), sent);
    CallOutcome twice = server.call(again, new RecordingChannel());
    assertEquals(
        ReasonCode.PARAMS_INVALID, assertInstanceOf(CallOutcome.Failed.class, twice).reason());
  }
}
