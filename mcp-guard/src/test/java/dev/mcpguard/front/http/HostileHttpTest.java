package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.callBody;
import static dev.mcpguard.front.http.Running.call;
import static dev.mcpguard.front.http.Running.modernHeaders;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.http.RawHttp.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing, paths, hosts: one request in, at most one out (threats C11 to C14). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpTest {
  private static final String BODY = callBody(7, "t", "{}");
  private static final int LENGTH = BODY.getBytes(StandardCharsets.UTF_8).length;
  private static final String GOOD_HEAD =
      "POST /mcp/files HTTP/1.1\r\n"
          + "Host: localhost\r\n"
          + "Authorization: Bearer token-alice\r\n"
          + "Content-Type: application/json\r\n"
          + "Accept: application/json, text/event-stream\r\n"
          + "MCP-Protocol-Version: 2026-07-28\r\n"
          + "Mcp-Method: tools/call\r\n"
          + "Mcp-Name: t\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String SIZED = "Content-Length: " + LENGTH + "\r\n";

  private Running running;

  @BeforeAll
  void start() throws IOException {
    running = new Running();
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @BeforeEach
  void forget() {
    running.gate.asked.clear();
  }

  private static String chunk(String size, String data) {
    return size + "\r\n" + data + "\r\n";
  }

  private static String whole() {
    return chunk(Integer.toHexString(LENGTH), BODY) + "0\r\n\r\n";
  }

  static Stream<Arguments> framingTricks() {
    String hex = Integer.toHexString(LENGTH);
    return Stream.of(
        Arguments.of("CL.TE", GOOD_HEAD + SIZED + CHUNKED + "\r\n" + BODY),
        Arguments.of("TE.CL", GOOD_HEAD + CHUNKED + SIZED + "\r\n" + whole()),
        Arguments.of("two lengths", GOOD_HEAD + SIZED + "Content-Length: 1\r\n\r\n" + BODY),
        Arguments.of("two equal lengths", GOOD_HEAD + SIZED + SIZED + "\r\n" + BODY),
        Arguments.of("length list", GOOD_HEAD + "Content-Length: 5, 5\r\n\r\n" + BODY),
        Arguments.of("signed length", GOOD_HEAD + "Content-Length: +" + LENGTH + "\r\n\r\n" + BODY),
        Arguments.of("negative length", GOOD_HEAD + "Content-Length: -1\r\n\r\n" + BODY),
        Arguments.of("hex length", GOOD_HEAD + "Content-Length: 0x10\r\n\r\n" + BODY),
        Arguments.of("two codings", GOOD_HEAD + CHUNKED + CHUNKED + "\r\n" + whole()),
        Arguments.of("xchunked", GOOD_HEAD + "Transfer-Encoding: xchunked\r\n\r\n" + whole()),
        Arguments.of("identity", GOOD_HEAD + "Transfer-Encoding: identity\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("gzip, chunked", GOOD_HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n" + whole()),
        Arguments.of("blank before colon", GOOD_HEAD + "Transfer-Encoding : chunked\r\n\r\n" + whole()),
        Arguments.of("folded header", GOOD_HEAD + "X-A: b\r\n c\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("folded by a tab", GOOD_HEAD + "X-A: b\r\n\tc\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("folded coding", GOOD_HEAD + "Transfer-Encoding:\r\n chunked\r\n\r\n" + whole()),
        Arguments.of("bare LF", (GOOD_HEAD + SIZED + "\r\n").replace("\r\n", "\n") + BODY),
        Arguments.of("one bare LF", GOOD_HEAD + "X-A: b\n" + SIZED + "\r\n" + BODY),
        Arguments.of("bare CR", GOOD_HEAD + "X-A: b\rX-B: c\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("NUL in a header", GOOD_HEAD + "X-A: b\0c\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("no header name", GOOD_HEAD + ": b\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("no colon", GOOD_HEAD + "X-A\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("chunk extension", GOOD_HEAD + CHUNKED + "\r\n" + hex + ";a=b\r\n" + BODY + "\r\n0\r\n\r\n"),
        Arguments.of("chunk extension with LF", GOOD_HEAD + CHUNKED + "\r\n" + hex + ";\n" + BODY + "\r\n0\r\n\r\n"),
        Arguments.of("chunk size with blank", GOOD_HEAD + CHUNKED + "\r\n" + hex + " \r\n" + BODY + "\r\n0\r\n\r\n"),
        Arguments.of("chunk size 0x", GOOD_HEAD + CHUNKED + "\r\n0x" + hex + "\r\n" + BODY + "\r\n0\r\n\r\n"),
        Arguments.of("chunk size overflow", GOOD_HEAD + CHUNKED + "\r\n100000000" + hex + "\r\n" + BODY + "\r\n0\r\n\r\n"),
        Arguments.of("chunk with bare LF", GOOD_HEAD + CHUNKED + "\r\n" + hex + "\n" + BODY + "\r\n0\r\n\r\n"),
        Arguments.of("chunk data too long", GOOD_HEAD + CHUNKED + "\r\n" + hex + "\r\n" + BODY + "x\r\n0\r\n\r\n"),
        Arguments.of("trailer", GOOD_HEAD + CHUNKED + "\r\n" + hex + "\r\n" + BODY + "\r\n0\r\nX-A: b\r\n\r\n"),
        Arguments.of("h2c upgrade", GOOD_HEAD + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of("HTTP/1.0", (GOOD_HEAD + SIZED + "\r\n" + BODY).replace("HTTP/1.1", "HTTP/1.0")),
        Arguments.of("HTTP/0.9", "GET /mcp/files\r\n\r\n"),
        Arguments.of("leading blank line", "\r\n" + GOOD_HEAD + SIZED + "\r\n" + BODY),
        Arguments.of("leading blank", " " + GOOD_HEAD + SIZED + "\r\n" + BODY),
        Arguments.of("no host", (GOOD_HEAD + SIZED + "\r\n" + BODY).replace("Host: localhost\r\n", "")),
        Arguments.of("two hosts", GOOD_HEAD + "Host: localhost\r\n" + SIZED + "\r\n" + BODY),
        Arguments.of("absolute form", (GOOD_HEAD + SIZED + "\r\n" + BODY).replace("POST /mcp", "POST http://localhost/mcp")),
        Arguments.of("asterisk", (GOOD_HEAD + SIZED + "\r\n" + BODY).replace("POST /mcp/files", "POST *")),
        Arguments.of("authority", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        Arguments.of("TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framingTricks")
  void c11FramingTrickIs400AndClosesAndReachesNothing(String name, String bytes) throws IOException {
    try (RawHttp http = running.connect()) {
      Reply reply = http.send(bytes.getBytes(StandardCharsets.ISO_8859_1)).read();
      assertEquals(400, reply.status(), name);
      assertEquals("close", reply.header("connection"));
      assertTrue(http.closed());
    }
    assertEquals(0, running.gate.calls().size());
    running.expectGoodCallWorks();
  }

  @Test
  void c11PipelinedSecondRequestIsNotServed() throws IOException {
    try (RawHttp http = running.connect()) {
      Reply reply = http.send(call("t", "{}") + call("u", "{}")).read();
      assertEquals(200, reply.status());
      assertEquals("close", reply.header("connection"));
      assertTrue(http.closed());
    }
    assertEquals(1, running.gate.calls().size());
  }

  @Test
  void c11BytesInSmallPiecesAreOneRequest() throws IOException {
    byte[] bytes = (GOOD_HEAD + CHUNKED + "\r\n" + chunk("1", BODY.substring(0, 1))
        + chunk(Integer.toHexString(LENGTH - 1), BODY.substring(1)) + "0\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
    try (RawHttp http = running.connect()) {
      for (byte b : bytes) {
        http.send(new byte[] {b});
      }
      assertEquals(200, http.read().status());
      assertEquals(200, http.send(call("t", "{}")).read().status());
    }
    assertEquals(2, running.gate.calls().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//mcp", "/mcp/", "/mcp/files/", "/mcp;x", "/mcp/files;x", "/mcp%2ffiles", "/mcp%2Ffiles",
        "/%6dcp/files", "/mcp/../mcp/files", "/mcp/./files", "/mcp//files", "/mcp/files/..", "/MCP/files",
        "/mcp/Files", "/mcp/files%00", "/mcp/files%20", "/mcp\\files", "/mcp/unknown", "/mcp/files?x=1",
        "/mcp/files?", "/mcp/files#f", "/", "/mcp.", "/healthz/", "/healthz?x", "//healthz", "/admin",
        "/.well-known/oauth-protected-resource/", "/.well-known/oauth-protected-resourcex"
      })
  void c12OddPathIsNoRoute(String path) throws IOException {
    Reply reply = running.exchange(Running.post(path, BODY, modernHeaders("tools/call")));
    assertTrue(reply.status() == 404 || reply.status() == 400, path + " " + reply.status());
    assertEquals(0, running.gate.asked.size());
    running.expectGoodCallWorks();
  }

  @Test
  void c12MethodOverrideHeadersDoNothing() throws IOException {
    for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
      Reply reply =
          running.exchange(
              bare("GET", "/mcp/files", "", "Host: localhost", header + ": POST",
                  "Authorization: Bearer token-alice"));
      assertEquals(405, reply.status());
    }
    assertEquals(0, running.gate.asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "localhost:x", "localhost:",
        "localhost:123456", "evil@localhost", "[::2]", "localhost,evil.example", "0.0.0.0"
      })
  void c13ForeignHostIs403OnEveryRoute(String host) throws IOException {
    for (String path : List.of("/mcp/files", "/mcp", "/healthz", "/metrics", "/nothing")) {
      String request = Running.post(path, BODY, modernHeaders("tools/call"));
      Reply reply = running.exchange(request.replace("Host: localhost", "Host: " + host));
      assertEquals(403, reply.status(), path);
      assertEquals("", reply.text());
    }
    assertEquals(0, running.gate.calls().size());
    assertEquals(2, running.gate.misread().size());
    running.expectGoodCallWorks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example", "null", "http://localhost.evil.example", "http://localhost:80:80",
        "localhost", "http://localhost/", "file://", "http://evil.example, http://localhost"
      })
  void c13ForeignOriginIs403(String origin) throws IOException {
    Reply reply = running.exchange(call("t", "{}", "Origin: " + origin));
    assertEquals(403, reply.status());
    assertEquals(1, running.gate.misread().size());
    assertEquals(0, running.gate.calls().size());
    running.expectGoodCallWorks();
  }

  @Test
  void c13LoopbackHostAndOriginAreAccepted() throws IOException {
    List<String> accepted = new ArrayList<>(List.of("http://localhost:6274", "http://127.0.0.1", "HTTP://LOCALHOST:1"));
    for (String origin : accepted) {
      assertEquals(200, running.exchange(call("t", "{}", "Origin: " + origin)).status());
    }
    for (String host : List.of("localhost:7400", "127.0.0.1:1", "[::1]:7400", "[::1]", "LOCALHOST")) {
      String request = call("t", "{}").replace("Host: localhost", "Host: " + host);
      assertEquals(200, running.exchange(request).status(), host);
    }
  }

  @Test
  void c14ForwardingHeadersAreNotBelieved() throws IOException {
    running.exchange(
        call("t", "{}", "X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "X-Real-IP: 10.0.0.1"));
    assertEquals("127.0.0.1", running.gate.calls().getFirst().facts().remote());
    String request = call("t", "{}", "X-Forwarded-Host: localhost").replace("Host: localhost", "Host: evil");
    assertEquals(403, running.exchange(request).status());
  }
}
