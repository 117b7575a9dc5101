package dev.mcpguard.system;

import static dev.mcpguard.system.FramingTricks.chunked;
import static dev.mcpguard.system.FramingTricks.line;
import static dev.mcpguard.system.FramingTricks.tricks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows C10, C11, C12 and C14 of the threats over raw sockets, on every route: one request in, at most
 * one out, and what is out of place in the framing is refused and ends the connection.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingStoriesTest {
  private static final List<String> PAGES =
      List.of("/healthz", "/readyz", "/metrics", "/.well-known/oauth-protected-resource/mcp/rec");

  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    guard = GuardFixture.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  /** The good call of each endpoint and a look at each page. */
  private Map<String, String> goodRequests() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("/mcp/rec", Bytes.text(guard.good().bytes("/mcp/rec", guard.port())));
    String token =
        guard.home().token("keeper", "mcp:read", "http://127.0.0.1:" + guard.port() + "/mcp");
    Request aggregate =
        Request.call("rec__echo", "{\"n\":1}").intent(GuardFixture.LOOK).token(token);
    all.put("/mcp", Bytes.text(aggregate.bytes("/mcp", guard.port())));
    String head = " HTTP/1.1\r\nHost: 127.0.0.1:" + guard.port() + "\r\nContent-Length: 0\r\n\r\n";
    PAGES.forEach(page -> all.put(page, "GET " + page + head));
    return all;
  }

  @Test
  void c11_c12_noFramingTrickIsServedOnAnyRoute() throws Exception {
    int calls = guard.downstream().calls().size();
    for (Map.Entry<String, String> good : goodRequests().entrySet()) {
      for (Map.Entry<String, UnaryOperator<String>> trick : tricks().entrySet()) {
        String name = trick.getKey() + " on " + good.getKey();
        try (RawHttp connection = RawHttp.connect(guard.port())) {
          connection.send(latin1(trick.getValue().apply(good.getValue())));
          RawHttp.Response answer = connection.read();
          assertEquals(400, answer.status(), name);
          assertEquals("", answer.text(), name);
          assertTrue(connection.closedByPeer(), () -> name + " left the connection open");
        }
        assertEquals(calls, guard.downstream().calls().size(), name);
      }
    }
    guard.assertPermitted(guard.good(), "echo");
  }

  @Test
  void c11_chunksAreTakenInTheirPlainFormOnly() throws Exception {
    for (String endpoint : List.of("/mcp/rec", "/mcp")) {
      String good = goodRequests().get(endpoint);
      for (String odd :
          List.of("%x;a=b\r\n", "%x;\r\n", "%x \r\n", " %x\r\n", "0x%x\r\n", "%x\n", "+%x\r\n",
              "ffffffff%x\r\n")) {
        assertBroken(chunked(good, odd, "0\r\n\r\n"), odd + endpoint);
      }
      for (String end : List.of("0\r\nX-Trailer: a\r\n\r\n", "0;a\r\n\r\n", "0\n\n", "-1\r\n\r\n")) {
        assertBroken(chunked(good, "%x\r\n", end), end + endpoint);
      }
      int calls = guard.downstream().calls().size();
      RawHttp.Response plain = guard.send(latin1(chunked(good, "%x\r\n", "0\r\n\r\n")));
      assertEquals(200, plain.status(), plain::text);
      assertEquals(calls + 1, guard.downstream().calls().size());
    }
  }

  private void assertBroken(String request, String name) throws IOException {
    int calls = guard.downstream().calls().size();
    try (RawHttp connection = RawHttp.connect(guard.port())) {
      assertEquals(400, connection.send(latin1(request)).read().status(), name);
      assertTrue(connection.closedByPeer(), name);
    }
    assertEquals(calls, guard.downstream().calls().size(), name);
  }

  @Test
  void c11_ofPipelinedRequestsOnlyTheFirstIsServed() throws Exception {
    for (String second : goodRequests().values()) {
      for (String endpoint : List.of("/mcp/rec", "/mcp")) {
        int calls = guard.downstream().calls().size();
        try (RawHttp connection = RawHttp.connect(guard.port())) {
          connection.send(latin1(goodRequests().get(endpoint) + second));
          assertEquals(200, connection.read().status());
          assertTrue(connection.closedByPeer(), "more was said than the first answer");
        }
        assertEquals(calls + 1, guard.downstream().calls().size());
      }
    }
  }

  @Test
  void c12_anOddSpellingOfARouteIsNoRoute() throws Exception {
    Set<Integer> statuses = new TreeSet<>();
    for (Map.Entry<String, String> good : goodRequests().entrySet()) {
      String path = good.getKey();
      for (String odd :
          List.of("/" + path, path + "/", path + ";x", path + ";x=1/y", path + "%20", path + "%00",
              path + "?x=1", path + "#f", path + "/.", path + "/..", path + "/../" + path.substring(1),
              "/." + path, "/x/.." + path, "/%2e" + path, path.replaceFirst("(?<=.)/", "%2f"),
              path.replaceFirst("/", "\\\\"), path.toUpperCase(java.util.Locale.ROOT),
              path.replaceFirst("([a-z])(?=[^/]*$)", "%6d"), path + "\u00e9")) {
        if (odd.equals(path)) {
          continue;
        }
        int calls = guard.downstream().calls().size();
        RawHttp.Response answer =
            guard.send(
                latin1(
                    good.getValue()
                        .replaceFirst(path + " ", Matcher.quoteReplacement(odd + " "))));
        statuses.add(answer.status());
        assertEquals("", answer.text(), odd);
        assertEquals(calls, guard.downstream().calls().size(), odd);
      }
    }
    assertTrue(Set.of(400, 404).containsAll(statuses), statuses::toString);
    guard.assertPermitted(guard.good(), "echo");
  }

  @Test
  void c12_aHeaderThatNamesAnotherMethodOrPathChangesNothing() throws Exception {
    for (String header :
        List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL",
            "X-Rewrite-URL", "X-Original-Method", "X-Forwarded-Uri", "X-Forwarded-Prefix")) {
      for (String page : PAGES) {
        String value = header.contains("ethod") ? "POST" : "/mcp/rec";
        int calls = guard.downstream().calls().size();
        RawHttp.Response answer =
            guard.send(latin1(line(goodRequests().get(page), header + ": " + value)));
        RawHttp.Response plain = guard.send(latin1(goodRequests().get(page)));
        assertEquals(plain.status(), answer.status(), header + page);
        assertEquals(calls, guard.downstream().calls().size(), header + page);
      }
      guard.assertPermitted(guard.good().header(header, "DELETE"), "echo");
    }
  }

  @Test
  void c14_noForwardingHeaderMovesADecisionOrTheAddressInTheRecord() throws Exception {
    List<Header> claims =
        List.of(
            new Header("X-Forwarded-For", "10.0.0.1"),
            new Header("Forwarded", "for=10.0.0.1;host=evil"),
            new Header("X-Real-IP", "10.0.0.1"), new Header("X-Forwarded-Host", "evil.example"),
            new Header("X-Forwarded-Proto", "https"), new Header("X-Client-Cert", "MII"),
            new Header("X-Forwarded-Client-Cert", "Subject=admin"), new Header("X-User", "keeper"),
            new Header("X-MCP-Router-Key", "secret"), new Header("X-Forwarded-Access-Token", "t"));
    for (Header claim : claims) {
      guard.assertPermitted(guard.good().header(claim.name(), claim.value()), "echo");
      Json record = guard.log().ofKind("admission").getLast();
      assertFalse(record.toString().contains("10.0.0.1"), record::toString);
      Request nobody = guard.good().withoutHeader("Authorization");
      guard.assertRefused(nobody.header(claim.name(), claim.value()), "unauthenticated");
    }
    Request claimed = guard.good().header("X-Forwarded-Host", "127.0.0.1");
    String foreign =
        Bytes.text(claimed.bytes(GuardFixture.PATH, guard.port()))
            .replaceFirst("Host: [^\r]*", "Host: evil.example");
    guard.assertRefused(latin1(foreign), "host-refused");
  }

  @Test
  void c10_aBodyIsReadAsJsonOrNotAtAll() throws Exception {
    String good = Bytes.text(guard.good().bytes(GuardFixture.PATH, guard.port()));
    for (String type :
        List.of(
            "Application/json",
            "APPLICATION/JSON; CHARSET=UTF-8",
            "application/json;charset=\"utf-8\"")) {
      int calls = guard.downstream().calls().size();
      assertEquals(200, guard.send(latin1(typed(good, type))).status(), type);
      assertEquals(calls + 1, guard.downstream().calls().size(), type);
      String refused = typed(good, type).replace("\"class\":\"read\"", "\"class\":\"look\"");
      guard.assertRefused(latin1(refused), "intent-unreadable");
    }
    for (String type :
        List.of("text/json", "application/json, text/plain", "application/json; charset=utf-7",
            "application/json\u00a0", "application/json+x", "multipart/mixed; boundary=b", "*/*")) {
      guard.assertRefused(latin1(typed(good, type)), "request-invalid");
    }
    guard.assertRefused(latin1(good.replaceFirst("Content-Type: [^\r]*\r\n", "")), "request-invalid");
    for (String coding : List.of("gzip", "deflate", "br", "identity, gzip", "x")) {
      guard.assertRefused(latin1(line(good, "Content-Encoding: " + coding)), "request-invalid");
    }
  }

  private static String typed(String request, String type) {
    return request.replaceFirst("Content-Type: [^\r]*", "Content-Type: " + type);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
