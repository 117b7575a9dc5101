package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.raw;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.downstream.http.FakeServer.stream;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static dev.mcpguard.model.ReasonCode.DOWNSTREAM_INVALID;
import static dev.mcpguard.model.ReasonCode.DOWNSTREAM_TIMEOUT;
import static dev.mcpguard.model.ReasonCode.DOWNSTREAM_UNREACHABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.registry.Era;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A lying server gives no answer, runs a call at most once, and the next good call works. */
class HostileServerTest {
  private static final String EVIL = "{\"resultType\":\"complete\",\"content\":[]}";

  private record Trick(String name, ReasonCode reason, FakeServer.Script script) {}

  private static Stream<Trick> tricks() {
    return Stream.of(
        trick("another id", (r, out) -> ok(out, "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}")),
        trick("the id as a string", (r, out) -> ok(out, body("\"" + r.id() + "\""))),
        trick("the id as 1.0", (r, out) -> ok(out, body(r.id() + ".0"))),
        trick("no id", (r, out) -> ok(out, "{\"jsonrpc\":\"2.0\",\"result\":{}}")),
        trick("a null id", (r, out) -> ok(out, body("null"))),
        trick("a duplicate key", (r, out) -> ok(out, body(r.id()).replace("}", ",\"id\":1}"))),
        trick(
            "an escaped duplicate key",
            (r, out) -> ok(out, body(r.id()).replace("{}", "{\"a\":1,\"\\u0061\":2}"))),
        trick(
            "both result and error",
            (r, out) -> ok(out, body(r.id()).replace("{}", "{},\"error\":{}"))),
        trick("an unknown member", (r, out) -> ok(out, body(r.id()).replace("{}", "{},\"x\":1"))),
        trick("version 1.0", (r, out) -> ok(out, body(r.id()).replace("2.0", "1.0"))),
        trick("two documents", (r, out) -> ok(out, body(r.id()) + body(r.id()))),
        trick("half a document", (r, out) -> ok(out, "{\"jsonrpc\":\"2.0\"")),
        trick("a batch", (r, out) -> ok(out, "[" + body(r.id()) + "]")),
        trick("too large", (r, out) -> ok(out, " ".repeat(300_000) + body(r.id()))),
        trick("too deep", (r, out) -> ok(out, "[".repeat(100_000))),
        trick("a result that is no object", (r, out) -> ok(out, body(r.id()).replace("{}", "7"))),
        trick("a request", (r, out) -> ok(out, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}")),
        trick("a redirect", (r, out) -> redirect(out)),
        trick("an html page", (r, out) -> page(r, out)),
        trick("an accepted notification", (r, out) -> Fixture.accepted(out)),
        trick("a content coding", (r, out) -> json(out, 200, "Content-Encoding: gzip\r\n", "x")),
        trick("a bare line break in a header", (r, out) -> crlf(out)),
        trick("an endless header", (r, out) -> endlessHeader(out)),
        trick("no http at all", (r, out) -> close(out, "220 smtp ready\r\n\r\n")),
        trick("a wrong id in a stream", (r, out) -> events(out, body("99"))),
        trick("a second answer in a stream", (r, out) -> events(out, body(r.id()), body(r.id()))),
        trick("a request in a modern stream", (r, out) -> events(out, ask(), body(r.id()))),
        trick("bad json in a stream", (r, out) -> events(out, "{\"a\":1,\"a\":2}")),
        trick("a stream without an answer", (r, out) -> events(out)),
        trick("endless notifications", (r, out) -> flood(out)),
        trick("an endless event", (r, out) -> endlessEvent(out)),
        new Trick("close mid-answer", DOWNSTREAM_UNREACHABLE, (r, out) -> half(out)),
        new Trick("close before the answer", DOWNSTREAM_UNREACHABLE, (r, out) -> false),
        new Trick("a server error", DOWNSTREAM_UNREACHABLE, (r, out) -> json(out, 503, "")),
        new Trick("credential refused", DOWNSTREAM_UNREACHABLE, (r, out) -> json(out, 401, "")),
        new Trick("a hang", DOWNSTREAM_TIMEOUT, (r, out) -> hang()),
        new Trick("a hang in a stream", DOWNSTREAM_TIMEOUT, (r, out) -> hangInStream(out)),
        new Trick("a trickle", DOWNSTREAM_TIMEOUT, (r, out) -> trickle(out)));
  }

  @TestFactory
  Stream<DynamicTest> c16d7d9ServerThatBreaksTheRules() {
    return tricks().map(trick -> DynamicTest.dynamicTest(trick.name(), () -> judged(trick)));
  }

  private static void judged(Trick trick) throws IOException {
    boolean[] evil = {true};
    FakeServer.Script script =
        Fixture.modern(
            (request, out) ->
                evil[0]
                    ? trick.script().answer(request, out)
                    : json(out, 200, result(request, Fixture.OK)));
    HttpLimits limits = HttpLimits.standard().withAnswerBytes(200_000);
    try (Fixture fixture = new Fixture(script, limits, ServerSecret.NONE)) {
      long patience = trick.reason() == DOWNSTREAM_TIMEOUT ? 1_500 : 10_000;
      CallOutcome outcome = fixture.call(V2026_07_28, "{}", "{}", patience, ReplyChannel.NONE);
      CallOutcome.Failed failed = assertInstanceOf(CallOutcome.Failed.class, outcome);
      assertEquals(trick.reason(), failed.reason(), failed.detail());
      assertEquals(Fate.UNKNOWN, failed.fate(), failed.detail());
      assertEquals(1, fixture.fake.received("tools/call").size(), "sent once");
      evil[0] = false;
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2026_07_28));
    }
  }

  @Test
  void d10DeadPortIsNotForwarded() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (HttpRuntime runtime = HttpRuntime.open(1);
        Fixture fixture = new Fixture((r, out) -> false)) {
      HttpToolServer dead =
          new HttpToolServer(
              new HttpServerSettings(
                  HttpEndpoint.of(URI.create("http://127.0.0.1:" + port + "/")),
                  HttpLimits.standard(),
                  TlsSettings.standard(),
                  ServerSecret.NONE,
                  Era.MODERN,
                  false),
              runtime,
              ServerEvents.NONE,
              InstantSource.system());
      CallOutcome outcome =
          dead.call(
              Calls.call(V2026_07_28, "{}", "{}", 2_000),
              ReplyChannel.NONE);
      CallOutcome.Failed failed = assertInstanceOf(CallOutcome.Failed.class, outcome);
      assertEquals(DOWNSTREAM_UNREACHABLE, failed.reason());
      assertEquals(Fate.NOT_FORWARDED, failed.fate());
      assertEquals(0, fixture.fake.connections());
    }
  }

  private static Trick trick(String name, FakeServer.Script script) {
    return new Trick(name, DOWNSTREAM_INVALID, script);
  }

  private static String body(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
  }

  private static String ask() {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{}}";
  }

  private static boolean ok(OutputStream out, String body) throws IOException {
    return json(out, 200, body);
  }

  private static boolean redirect(OutputStream out) throws IOException {
    raw(out, "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    return true;
  }

  private static boolean page(FakeServer.Received request, OutputStream out)
      throws IOException {
    String body = result(request, EVIL);
    raw(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + body.length());
    raw(out, "\r\n\r\n" + body);
    return true;
  }

  private static boolean crlf(OutputStream out) throws IOException {
    return close(out, "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 0\r\n\r\n");
  }

  private static boolean endlessHeader(OutputStream out) throws IOException {
    return close(out, "HTTP/1.1 200 OK\r\nX: " + "a".repeat(100_000) + "\r\n\r\n");
  }

  private static boolean close(OutputStream out, String text) throws IOException {
    raw(out, text);
    return false;
  }

  private static boolean events(OutputStream out, String... data) throws IOException {
    stream(out);
    StringBuilder all = new StringBuilder();
    for (String one : data) {
      all.append("data: ").append(one).append("\n\n");
    }
    raw(out, all.toString());
    return false;
  }

  private static boolean flood(OutputStream out) throws IOException {
    stream(out);
    while (true) {
      event(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}");
    }
  }

  private static boolean endlessEvent(OutputStream out) throws IOException {
    stream(out);
    while (true) {
      raw(out, "data: " + "x".repeat(10_000) + "\n");
    }
  }

  private static boolean half(OutputStream out) throws IOException {
    raw(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{");
    return false;
  }

  private static boolean hang() throws InterruptedException {
    Thread.sleep(3_000);
    return false;
  }

  private static boolean hangInStream(OutputStream out)
      throws IOException, InterruptedException {
    stream(out);
    return hang();
  }

  private static boolean trickle(OutputStream out)
      throws IOException, InterruptedException {
    stream(out);
    for (int i = 0; i < 50; i++) {
      raw(out, ": still there\n");
      Thread.sleep(100);
    }
    return false;
  }
}
