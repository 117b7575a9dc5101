package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rows C1, C2, C4, C5, C7 and C13 of the threats, against a running guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageBytesStoriesTest {
  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    prepared.home().configure("limits: {body-bytes: 65536}", "unauthenticated-per-second: 1000");
    guard = prepared.serve();
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  private RawHttp.Response refused(String body, String reason) throws Exception {
    return guard.assertRefused(guard.good().bytes(GuardFixture.PATH, guard.port(), body), reason);
  }

  private static void assertCode(String code, RawHttp.Response answer) {
    assertEquals(400, answer.status(), answer::text);
    assertEquals(
        code, answer.json().at("error", "code").map(Json::toString).orElse(""), answer::text);
  }

  @Test
  void c1_aKeyGivenTwiceIsRefusedAtEveryDepthInBothOrders() throws Exception {
    String good = guard.good().body();
    List<String> deciding =
        List.of(
            "\"method\":\"tools/call\"",
            "\"name\":\"echo\"",
            "\"class\":\"read\"",
            "\"purpose\":\"look\"",
            "\"jsonrpc\":\"2.0\"",
            "\"id\":1",
            "\"n\":1",
            "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"");
    for (String member : deciding) {
      assertTrue(good.contains(member), member);
      String key = member.substring(0, member.indexOf(':'));
      for (String other : List.of(member, key + ":\"drop\"", key + ":null", key + ":{}")) {
        assertCode("-32700", refused(good.replace(member, member + "," + other), "malformed"));
        assertCode("-32700", refused(good.replace(member, other + "," + member), "malformed"));
      }
    }
  }

  @Test
  void c1_aKeyGivenAgainInAnEscapedSpellingIsRefused() throws Exception {
    String good = guard.good().body();
    refused(
        good.replace("\"name\":\"echo\"", "\"name\":\"echo\",\"n\\u0061me\":\"drop\""),
        "malformed");
    refused(
        good.replace("\"name\":\"echo\"", "\"n\\u0061me\":\"drop\",\"name\":\"echo\""),
        "malformed");
    refused(good.replace("\"n\":1", "\"n\":1,\"\\u006e\":2"), "malformed");
    refused(
        good.replace("\"class\":\"read\"", "\"cl\\u0061ss\":\"admin\",\"class\":\"read\""),
        "malformed");
  }

  @Test
  void c2_otherSpellingsOfADecidingKeyAreRefusedBesideItAndInItsPlace() throws Exception {
    String good = guard.good().body();
    Map<String, List<String>> spellings = new LinkedHashMap<>();
    spellings.put(
        "\"method\":", List.of("\"Method\":", "\"METHOD\":", "\"method\\u0000\":", "\"method \":"));
    spellings.put(
        "\"params\":",
        List.of("\"Params\":", "\"PARAMS\":", "\"param\\u017f\":", "\"params\\u0000\":"));
    spellings.put(
        "\"name\":", List.of("\"Name\":", "\"NAME\":", "\"name\\u0000\":", "\"\\u0000name\":"));
    spellings.put(
        "\"arguments\":",
        List.of("\"Arguments\":", "\"argument\\u017f\":", "\"arguments\\u0000\":"));
    spellings.put(
        "\"jsonrpc\":", List.of("\"JSONRPC\":", "\"j\\u017fonrpc\":", "\"jsonrpc\\u0000\":"));
    for (Map.Entry<String, List<String>> key : spellings.entrySet()) {
      for (String odd : key.getValue()) {
        String value =
            key.getKey().equals("\"params\":") || key.getKey().equals("\"arguments\":")
                ? "{}"
                : "\"drop\"";
        refusedSomehow(
            good.replaceFirst(
                key.getKey(),
                java.util.regex.Matcher.quoteReplacement(odd + value + "," + key.getKey())));
        refusedSomehow(
            good.replaceFirst(key.getKey(), java.util.regex.Matcher.quoteReplacement(odd)));
      }
    }
  }

  /** A protocol error in one of its forms: which one depends on where the odd key stands. */
  private void refusedSomehow(String body) throws Exception {
    int calls = guard.downstream().calls().size();
    int records = guard.log().settledTerminals();
    RawHttp.Response answer = guard.send(guard.good().bytes(GuardFixture.PATH, guard.port(), body));
    List<Json> left = guard.log().terminalsAfter(records, 1);
    assertEquals(1, left.size(), () -> body + left);
    String reason = LogView.text(left.getFirst(), "reason");
    assertTrue(
        List.of(
                "request-invalid",
                "params-invalid",
                "malformed",
                "header-mismatch",
                "session-missing")
            .contains(reason),
        () -> body + reason);
    assertEquals(calls, guard.downstream().calls().size(), body);
    GuardFixture.assertWellFormed(answer);
    guard.assertPermitted(guard.good(), "echo");
  }

  @Test
  void c4_bytesBehindTheDocumentAndThatIsNoJsonAreRefused() throws Exception {
    String good = guard.good().body();
    for (String body :
        List.of(
            good + "x",
            good + good,
            good + "\n" + good,
            good + "null",
            good + "/**/",
            "/**/" + good,
            good + "//",
            good.replace("\"n\":1", "\"n\":NaN"),
            good.replace("\"n\":1", "\"n\":Infinity"),
            good.replace("\"n\":1", "\"n\":01"),
            good.replace("\"n\":1", "\"n\":+1"),
            good.replace("\"n\":1", "\"n\":1."),
            good.replace("\"n\":1", "\"n\":.5"),
            good.replace("\"n\":1", "\"n\":0x1"),
            good.replace("\"n\":1", "n:1"),
            good.replace("\"n\":1", "\"n\":1,"),
            good.replace("\"n\":1", "'n':1"),
            good.substring(0, good.length() - 1),
            "",
            " ",
            "{",
            "nul")) {
      assertCode("-32700", refused(body, "malformed"));
    }
  }

  @Test
  void c4_everyDigitArrives() throws Exception {
    for (String number :
        List.of(
            "9007199254740993",
            "0.1234567890123456789",
            "-0",
            "1e2",
            "1.10",
            "123456789012345678901234567890")) {
      Request call =
          Request.call("echo", "{\"n\":" + number + "}")
              .intent(GuardFixture.LOOK)
              .token(guard.goodToken());
      RawHttp.Response answer = guard.send(call);
      assertEquals(200, answer.status(), answer::text);
      RecordedRequest received = guard.downstream().calls().getLast();
      assertEquals(
          number,
          received
              .json()
              .orElseThrow()
              .at("params", "arguments", "n")
              .map(Json::toString)
              .orElse(""),
          () -> Bytes.text(received.body()));
      assertTrue(answer.text().contains(number), answer::text);
    }
  }

  @Test
  void c7_whatIsNoRequestIsAnInvalidRequest() throws Exception {
    String good = guard.good().body();
    List<String> bodies =
        List.of(
            good.replace("\"jsonrpc\":\"2.0\",", ""),
            good.replace("\"jsonrpc\":\"2.0\"", "\"jsonrpc\":\"2\""),
            good.replace("\"jsonrpc\":\"2.0\"", "\"jsonrpc\":2.0"),
            good.replace("\"jsonrpc\":\"2.0\"", "\"jsonrpc\":\"1.0\""),
            good.replace("\"id\":1", "\"id\":null"),
            good.replace("\"id\":1", "\"id\":{}"),
            good.replace("\"id\":1", "\"id\":[]"),
            good.replace("\"id\":1", "\"id\":1.5"),
            good.replace("\"id\":1", "\"id\":true"),
            good.replace("\"tools/call\"", "1"),
            good.replace("\"tools/call\"", "null"),
            good.replace("\"id\":1", "\"id\":1,\"result\":{}"),
            good.replace("\"id\":1", "\"id\":1,\"extra\":1"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":[]}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":\"x\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":null}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\"}",
            "{}",
            "1",
            "\"x\"",
            "null",
            "true");
    for (String body : bodies) {
      assertCode("-32600", refused(body, "request-invalid"));
    }
  }

  @Test
  void c5_aBatchOutsideItsRevisionIsRefused() throws Exception {
    String good = guard.good().body();
    for (String body : List.of("[" + good + "]", "[]", "[" + good + "," + good + "]", "[1]")) {
      assertCode("-32600", refused(body, "request-invalid"));
    }
  }

  @Test
  void c13_aForeignOriginOrHostIsRefused() throws Exception {
    for (String origin :
        List.of(
            "https://evil.example",
            "null",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example:80",
            "file://",
            "")) {
      RawHttp.Response answer =
          guard.assertRefused(guard.good().header("Origin", origin), "origin-refused");
      assertEquals(403, answer.status());
    }
    for (String host :
        List.of(
            "evil.example",
            "127.0.0.1.evil.example:" + guard.port(),
            "localhost@evil.example",
            "0.0.0.0",
            "127.0.0.1:80:80")) {
      byte[] request =
          Bytes.of(
              new String(
                      guard.good().bytes(GuardFixture.PATH, guard.port()), StandardCharsets.UTF_8)
                  .replaceFirst("Host: [^\r]*", "Host: " + host));
      RawHttp.Response answer = guard.assertRefused(request, "host-refused");
      assertEquals(403, answer.status());
    }
    guard.assertPermitted(guard.good().header("Origin", "http://localhost:5173"), "echo");
  }

  @Test
  void c13_aForeignHostSeesNoPageEither() throws Exception {
    for (String path :
        List.of(
            "/healthz",
            "/readyz",
            "/metrics",
            "/.well-known/oauth-protected-resource/mcp/rec",
            "/nothing")) {
      RawHttp.Response answer =
          guard.send(Bytes.of("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
      assertEquals(403, answer.status(), path);
      assertEquals("", answer.text(), path);
    }
  }
}
