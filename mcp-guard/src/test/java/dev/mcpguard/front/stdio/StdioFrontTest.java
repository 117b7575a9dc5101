package dev.mcpguard.front.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.FakeGate;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StdioFrontTest extends StdioFixture {
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
