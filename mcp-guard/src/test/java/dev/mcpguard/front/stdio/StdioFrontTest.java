package dev.mcpguard.front.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.DenialForm;
import dev.mcpguard.front.FakeGate;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StdioFrontTest {
  private static final String META =
      "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':{}}";

  private final FakeGate gate = new FakeGate();
  private final PipedOutputStream toGuard = new PipedOutputStream();
  private volatile Credential credential = Credential.bearer("token-alice");
  private StdioFront front;
  private BufferedReader fromGuard;
  private Thread serving;

  @BeforeEach
  void start() throws IOException {
    PipedInputStream input = new PipedInputStream(toGuard, 1 << 16);
    Pipe output = Pipe.open();
    fromGuard =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(output.source()), StandardCharsets.UTF_8));
    StdioSettings settings =
        new StdioSettings(
            new Route("files", "stdio:files"),
            JsonLimits.message().withBytes(4096),
            4,
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            DenialForm.ERROR,
            "test");
    StdioWiring wiring =
        new StdioWiring(
            () -> credential, _ -> JsonObject.of(), Clock.systemUTC(), new SecureRandom());
    OutputStream out = Channels.newOutputStream(output.sink());
    front = new StdioFront(settings, gate, wiring, out);
    serving =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (out) {
                    front.run(input);
                  } catch (IOException broken) {
                    throw new AssertionError(broken);
                  }
                });
  }

  @AfterEach
  void stop() throws Exception {
    toGuard.close();
    serving.join(10_000);
    assertFalse(serving.isAlive());
  }

  private void send(String line) throws IOException {
    toGuard.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
    toGuard.flush();
  }

  private JsonValue read() throws IOException, MalformedJsonException {
    return StrictJson.parse(fromGuard.readLine().getBytes(StandardCharsets.UTF_8), JsonLimits.message());
  }

  private JsonObject answer(String line) throws IOException, MalformedJsonException {
    send(line);
    return (JsonObject) read();
  }

  private static String call(int id, String tool) {
    return "{'jsonrpc':'2.0','id':" + id + ",'method':'tools/call','params':{'name':'" + tool + "'," + META + "}}";
  }

  private static String initialize(String version) {
    return "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'" + version
        + "','capabilities':{'roots':{}},'clientInfo':{'name':'c','version':'1'}}}";
  }

  @Test
  void modernCallAndDiscoverNeedNoHeaders() throws Exception {
    assertEquals("files/t", answer(call(1, "t")).object("result").string("tool"));
    JsonObject discovered =
        answer("{'jsonrpc':'2.0','id':2,'method':'server/discover','params':{" + META + "}}");
    assertEquals("complete", discovered.object("result").string("resultType"));
    assertEquals("stdio", gate.asked.getFirst().facts().front());
  }

  @Test
  void legacyHandshakeComesFirstAndIsRemembered() throws Exception {
    JsonObject early = answer("{'jsonrpc':'2.0','id':1,'method':'tools/list'}");
    assertEquals("request-invalid", early.object("error").object("data").string("reason"));
    JsonObject result = answer(initialize("2024-11-05")).object("result");
    assertEquals("2024-11-05", result.string("protocolVersion"));
    send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
    JsonObject listed = answer("{'jsonrpc':'2.0','id':2,'method':'tools/list'}").object("result");
    assertFalse(listed.has("ttlMs"));
    front.announceListChanged("desk", "tools");
    front.announceListChanged("files", "tools");
    assertEquals("notifications/tools/list_changed", ((JsonObject) read()).string("method"));
  }

  @Test
  void lapsedCredentialIsADenialInBand() throws Exception {
    credential = Credential.none();
    JsonObject error = answer(call(1, "t")).object("error");
    assertTrue(error.toString().contains("-31001"));
    assertEquals("unauthenticated", error.object("data").string("reason"));
    credential = Credential.bearer("token-alice");
    assertTrue(answer(call(2, "t")).has("result"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "7", "{'jsonrpc':'2.0','id':1}", "[]", "{'a':1,'a':2}", "{'jsonrpc':'2.0','id':1.5,'method':'x'}"})
  void c7UnreadableLineIsAnErrorAndTheNextLineWorks(String line) throws Exception {
    assertTrue(answer(line).has("error"));
    assertEquals(1, gate.misread().size());
    assertTrue(answer(call(2, "t")).has("result"));
    assertEquals(1, gate.calls().size());
  }

  @Test
  void c15LineOverTheLimitIsSkippedAndRefused() throws Exception {
    JsonObject error = answer(" ".repeat(5000) + call(1, "t")).object("error");
    assertEquals("too-large", error.object("data").string("reason"));
    assertTrue(answer(call(2, "t")).has("result"));
  }

  @Test
  void cancellationEndsTheCallWithoutAnAnswer() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    gate.tool =
        (c, channel) -> {
          channel.onCancel(cancelled::countDown);
          await(cancelled);
          return FakeGate.refused(c.facts(), Refusal.of(ReasonCode.CLIENT_GONE, ""), null);
        };
    send(call(5, "t"));
    send("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':5}}");
    assertTrue(cancelled.await(5, TimeUnit.SECONDS));
    gate.tool = (c, _) -> FakeGate.echo(c);
    assertTrue(answer(call(6, "t")).toString().contains("6"));
  }

  @Test
  void requestsRunAtTheSameTimeUpToTheCap() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    gate.tool =
        (c, _) -> {
          await(release);
          return FakeGate.echo(c);
        };
    for (int id = 1; id <= 5; id++) {
      send(call(id, "t"));
    }
    JsonObject over = (JsonObject) read();
    assertEquals("overloaded", over.object("error").object("data").string("reason"));
    release.countDown();
    for (int i = 0; i < 4; i++) {
      assertTrue(((JsonObject) read()).has("result"));
    }
  }

  @Test
  void serverMayAskALegacyClient() throws Exception {
    answer(initialize("2025-11-25"));
    gate.tool =
        (c, channel) -> {
          JsonObject roots = channel.request("roots/list", JsonObject.of());
          assertEquals(null, channel.request("sampling/createMessage", JsonObject.of()));
          return new Answer.Result(
              c.facts().decisionId(), roots == null ? JsonObject.of() : roots, FakeGate.principal("alice"));
        };
    JsonObject question = answer("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'t'}}");
    assertEquals("roots/list", question.string("method"));
    JsonObject last =
        answer("{'jsonrpc':'2.0','id':'" + question.string("id") + "','result':{'roots':[]}}");
    assertTrue(last.object("result").object("result").has("roots"));
  }

  @Test
  void b14InputRequestsOfAModernServerAreAskedAndTheCallPassesTheGateAnew() throws Exception {
    answer(initialize("2025-11-25"));
    gate.tool =
        (c, channel) ->
            c.extra().has("inputResponses")
                ? FakeGate.echo(c)
                : new Answer.Result(
                    c.facts().decisionId(),
                    object(
                        "{'resultType':'input_required','requestState':'s',"
                            + "'inputRequests':{'k':{'method':'roots/list'}}}"),
                    FakeGate.principal("alice"));
    JsonObject question = answer("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'t'}}");
    assertEquals("roots/list", question.string("method"));
    JsonObject last =
        answer("{'jsonrpc':'2.0','id':'" + question.string("id") + "','result':{'roots':[]}}");
    assertTrue(last.object("result").has("tool"));
    assertEquals(2, gate.calls().size());
    assertEquals("s", gate.calls().getLast().extra().string("requestState"));
  }

  @Test
  void d2ModernSubscriptionIsAcknowledgedToldUnderItsIdAndEnded() throws Exception {
    String listen =
        "{'jsonrpc':'2.0','id':'sub','method':'subscriptions/listen','params':{'notifications':"
            + "{'toolsListChanged':true,'resourceSubscriptions':['db://a','db://secret']}," + META + "}}";
    JsonObject first = answer(listen);
    assertEquals("notifications/subscriptions/acknowledged", first.string("method"));
    assertFalse(first.toString().contains("secret"));
    front.announceListChanged("desk", "tools");
    front.announceListChanged("files", "prompts");
    front.announceResourceUpdated("files", "db://secret");
    front.announceResourceUpdated("files", "db://a");
    JsonObject update = (JsonObject) read();
    assertEquals("notifications/resources/updated", update.string("method"));
    assertTrue(update.object("params").object("_meta").toString().contains("sub"));
    front.announceListChanged("files", "tools");
    assertEquals("notifications/tools/list_changed", ((JsonObject) read()).string("method"));
    toGuard.close();
    JsonObject last = (JsonObject) read();
    assertEquals("complete", last.object("result").string("resultType"));
  }

  @Test
  void d3SubscriptionThatIsCancelledIsToldNothingMore() throws Exception {
    String listen =
        "{'jsonrpc':'2.0','id':9,'method':'subscriptions/listen','params':{'notifications':"
            + "{'toolsListChanged':true}," + META + "}}";
    answer(listen);
    send("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':9}}");
    for (int i = 0; gate.asked.size() < 2 && i < 500; i++) {
      Thread.sleep(5);
    }
    Thread.sleep(100); // the notification passed the gate; what follows it on its thread is short
    front.announceListChanged("files", "tools");
    assertTrue(answer(call(10, "t")).toString().contains("10"));
    assertTrue(
        answer(listen.replace("'toolsListChanged':true", "'unknown':true")).has("error"));
  }

  private static JsonObject object(String text) {
    try {
      return StrictJson.parseObject(
          text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(text, malformed);
    }
  }

  @Test
  void batchIsReadIn20250326Alone() throws Exception {
    assertTrue(answer("[" + call(1, "t") + "]").has("error"));
    answer(initialize("2025-03-26"));
    send("[{'jsonrpc':'2.0','id':2,'method':'ping'},{'jsonrpc':'2.0','id':3,'method':'tools/list'}]");
    assertTrue(read().toString().startsWith("JsonArray"));
  }

  @Test
  void answersArriveAlthoughTheInputHasEnded() throws Exception {
    gate.tool =
        (c, _) -> {
          await(new CountDownLatch(1), 200);
          return FakeGate.echo(c);
        };
    send(call(1, "t"));
    toGuard.close();
    assertTrue(((JsonObject) read()).has("result"));
  }

  private static void await(CountDownLatch latch) {
    await(latch, 10_000);
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      boolean unused = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
