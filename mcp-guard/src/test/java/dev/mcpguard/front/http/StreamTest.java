package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.call;
import static dev.mcpguard.front.http.Running.modernBody;
import static dev.mcpguard.front.http.Running.modernHeaders;
import static dev.mcpguard.front.http.Running.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.FakeGate;
import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams, cancellation, load and time-outs (threats D1, D2, D6). */
class StreamTest {
  private static final JsonObject PROGRESS =
      Running.json("{'jsonrpc':'2.0','method':'notifications/progress','params':{'progress':1}}");

  private Running running;

  @BeforeEach
  void start() throws IOException {
    running = new Running();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void restart(UnaryOperator<HttpLimits> change) throws IOException {
    running.close();
    running = new Running(s -> s.withLimits(change.apply(HttpLimits.DEFAULTS)));
  }

  @Test
  void notificationTurnsTheAnswerIntoAStreamThatIsFlushedAtOnce() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    running.gate.tool =
        (c, channel) -> {
          channel.notification(PROGRESS);
          await(seen);
          assertEquals(null, channel.request("elicitation/create", JsonObject.of()));
          return FakeGate.refused(
              c.facts(), Refusal.after(ReasonCode.RESPONSE_WITHHELD, Fate.EXECUTED, ""), null);
        };
    try (RawHttp http = running.connect()) {
      assertEquals("text/event-stream", http.send(call("t", "{}")).read().header("content-type"));
      assertEquals("notifications/progress", http.event().string("method"));
      seen.countDown();
      JsonObject error = http.event().object("error");
      assertEquals("executed", error.object("data").string("outcome"));
      assertTrue(http.event().members().isEmpty());
      running.gate.tool = (c, _) -> FakeGate.echo(c);
      assertEquals(200, http.send(call("t", "{}")).read().status());
    }
  }

  @Test
  void clientThatTakesNoStreamGetsTheAnswerWithoutNotifications() throws IOException {
    running.gate.tool =
        (c, channel) -> {
          channel.notification(PROGRESS);
          return FakeGate.echo(c);
        };
    Reply reply = running.exchange(call("t", "{}").replace(", text/event-stream", ""));
    assertEquals("application/json", reply.header("content-type"));
    assertTrue(reply.json().has("result"));
  }

  @Test
  void modernClientThatLeavesCancelsItsCall() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    running.gate.tool =
        (c, channel) -> {
          channel.onCancel(cancelled::countDown);
          begun.countDown();
          await(cancelled);
          return FakeGate.refused(c.facts(), Refusal.of(ReasonCode.CLIENT_GONE, ""), null);
        };
    try (RawHttp http = running.connect()) {
      http.send(call("t", "{}"));
      assertTrue(begun.await(5, TimeUnit.SECONDS));
    }
    assertTrue(cancelled.await(5, TimeUnit.SECONDS));
    running.gate.tool = (c, _) -> FakeGate.echo(c);
    running.expectGoodCallWorks();
  }

  @Test
  void listenAcknowledgesTagsAndTellsOfChanges() throws Exception {
    String body =
        modernBody(
            "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":false,"
                + "\"resourceSubscriptions\":[\"db://a\",\"db://secret\"]}");
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", body, modernHeaders("subscriptions/listen"))).read();
      JsonObject first = http.event();
      assertEquals("notifications/subscriptions/acknowledged", first.string("method"));
      assertEquals(
          "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"db://a\"]}",
          JsonText.text(first.object("params").object("notifications")));
      running.front.announceListChanged("files", "prompts");
      running.front.announceResourceUpdated("desk", "db://a");
      running.front.announceResourceUpdated("files", "db://secret");
      running.front.announceResourceUpdated("files", "db://a");
      JsonObject update = http.event();
      assertEquals("notifications/resources/updated", update.string("method"));
      assertEquals("db://a", update.object("params").string("uri"));
      running.front.announceListChanged("files", "tools");
      JsonObject change = http.event();
      assertEquals("notifications/tools/list_changed", change.string("method"));
      assertTrue(
          change.object("params").object("_meta").has("io.modelcontextprotocol/subscriptionId"));
      running.front.close();
      assertEquals("complete", http.event().object("result").string("resultType"));
    }
  }

  @Test
  void d6RequestOverTheCapIs503AndPagesStillAnswer() throws Exception {
    restart(l -> l.withRunning(1));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    running.gate.tool =
        (c, _) -> {
          begun.countDown();
          await(release);
          return FakeGate.echo(c);
        };
    try (RawHttp busy = running.connect()) {
      busy.send(call("t", "{}"));
      assertTrue(begun.await(5, TimeUnit.SECONDS));
      Reply over = running.exchange(call("t", "{}"));
      assertEquals(503, over.status());
      assertEquals("1", over.header("retry-after"));
      assertEquals(200, running.exchange(bare("GET", "/healthz", "", "Host: localhost")).status());
      assertEquals(1, running.front.metrics().requestsRunning());
      release.countDown();
      assertEquals(200, busy.read().status());
    }
    assertEquals(1L, running.front.metrics().requestsByOutcome().get("overloaded"));
  }

  @Test
  void d6SlowHeadSlowBodyAndIdleConnectionsAreClosed() throws IOException {
    Duration brief = Duration.ofMillis(300);
    restart(l -> l.withTimeouts(brief, brief, brief));
    String request = call("t", "{}");
    int half = request.indexOf("\r\n\r\n") + 10;
    for (String part : List.of("", "POST /mcp/files HT", request.substring(0, half), request)) {
      try (RawHttp http = running.connect()) {
        if (!part.isEmpty()) {
          http.send(part);
        }
        if (part.equals(request)) {
          assertEquals(200, http.read().status());
        }
        assertTrue(http.closed(), part);
      }
    }
    assertEquals(1, running.gate.calls().size());
  }

  @Test
  void d6ConnectionsAreCapped() throws Exception {
    restart(l -> l.withConnections(3, 3));
    List<RawHttp> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RawHttp http = running.connect();
      assertEquals(200, http.send(call("t", "{}")).read().status());
      open.add(http);
    }
    try (RawHttp over = running.connect()) {
      assertTrue(over.closed());
    }
    // the peer sees the end before the front has counted it
    for (int i = 0; i < 100 && running.front.metrics().openConnections() > 3; i++) {
      Thread.sleep(20);
    }
    assertEquals(3, running.front.metrics().openConnections());
    for (RawHttp http : open) {
      http.close();
    }
    for (int i = 0; i < 100 && running.front.metrics().openConnections() > 0; i++) {
      Thread.sleep(20);
    }
    running.expectGoodCallWorks();
  }

  @Test
  void d6ReaderThatStopsReadingLosesItsConnection() throws Exception {
    restart(l -> l.withKeepAlive(Duration.ofMillis(100)));
    CountDownLatch cancelled = new CountDownLatch(1);
    JsonObject large = PROGRESS.with("filler", new JsonString("x".repeat(1 << 20)));
    running.gate.tool =
        (c, channel) -> {
          channel.onCancel(cancelled::countDown);
          for (int i = 0; i < 200 && !channel.cancelled(); i++) {
            channel.notification(large);
          }
          return FakeGate.echo(c);
        };
    try (RawHttp http = running.connect()) {
      http.send(call("t", "{}"));
      assertTrue(cancelled.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void d1SameIdsFromManyClientsNeverCross() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    for (int client = 0; client < 16; client++) {
      String mark = "c" + client;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (RawHttp http = running.connect()) {
                      for (int i = 0; i < 100; i++) {
                        Reply reply = http.send(call("t", "{\"mark\":\"" + mark + "\"}")).read();
                        if (!reply.text().contains("\"mark\":\"" + mark + "\"")) {
                          wrong.add(reply.text());
                        }
                      }
                    } catch (IOException broken) {
                      wrong.add(broken.toString());
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), wrong);
    assertEquals(1600, running.gate.calls().size());
  }

  @Test
  void crashOfTheGateIsA500AndTheNextCallWorks() throws IOException {
    running.gate.tool =
        (_, _) -> {
          throw new IllegalStateException("a bug");
        };
    Reply reply = running.exchange(call("t", "{}"));
    assertEquals(500, reply.status());
    assertFalse(reply.text().contains("bug"));
    running.gate.tool = (c, _) -> FakeGate.echo(c);
    running.expectGoodCallWorks();
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("waited too long");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
