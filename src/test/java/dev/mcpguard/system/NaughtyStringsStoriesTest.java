package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows C3, C17, F5 and F6 of the threats: every string of the big list of naughty strings as tool name,
 * argument, purpose and claim leaves one record each, arrives unchanged or not at all, and shows in no
 * text output as a line or a terminal escape of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NaughtyStringsStoriesTest {
  private final List<String> strings = Corpus.naughtyStrings();
  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    guard = GuardFixture.start(folder);
    assertEquals(515, strings.size());
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  private List<Json> recordsOf(int before, int count) throws Exception {
    List<Json> left = guard.log().terminalsAfter(before, count);
    assertEquals(count, left.size());
    guard.log().assertVerifies();
    return left;
  }

  @Test
  void f5_asAnArgumentEachArrivesUnchangedAndLeavesOneRecord() throws Exception {
    int before = guard.log().settledTerminals();
    for (String naughty : strings) {
      String arguments = "{\"v\":" + new Json.Str(naughty) + "}";
      Request call =
          Request.call("echo", arguments).intent(GuardFixture.LOOK).token(guard.goodToken());
      int calls = guard.downstream().calls().size();
      RawHttp.Response answer = guard.send(call);
      assertEquals(200, answer.status(), answer::text);
      List<RecordedRequest> received = guard.downstream().calls();
      assertEquals(calls + 1, received.size(), naughty);
      String arrived =
          received
              .getLast()
              .json()
              .flatMap(body -> body.textAt("params", "arguments", "v"))
              .orElseThrow();
      assertEquals(naughty, arrived);
    }
    for (Json record : recordsOf(before, strings.size())) {
      assertEquals("executed", LogView.text(record, "fate"), record::toString);
    }
  }

  @Test
  void c3_f5_asAToolNameEachIsUnknownOrNoName() throws Exception {
    int before = guard.log().settledTerminals();
    int calls = guard.downstream().calls().size();
    for (String naughty : strings) {
      Request call =
          Request.modern("tools/call")
              .tool(naughty, "{}")
              .intent(GuardFixture.LOOK)
              .token(guard.goodToken());
      String header = encodable(naughty) ? naughty : "=?base64?" + base64(naughty) + "?=";
      RawHttp.Response answer = guard.send(call.header("Mcp-Name", header));
      GuardFixture.assertWellFormed(answer);
      assertTrue(answer.json().get("error").isPresent(), answer::text);
    }
    assertEquals(calls, guard.downstream().calls().size());
    Set<String> reasons = Set.of("tool-unknown", "params-invalid", "header-mismatch");
    for (Json record : recordsOf(before, strings.size())) {
      assertTrue(reasons.contains(LogView.text(record, "reason")), record::toString);
    }
  }

  private static boolean encodable(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.chars().allMatch(each -> each > 0x20 && each < 0x7f);
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder().encodeToString(Bytes.of(text));
  }

  @Test
  void b4_f5_asAPurposeEachIsRefused() throws Exception {
    int before = guard.log().settledTerminals();
    int calls = guard.downstream().calls().size();
    for (String naughty : strings) {
      String intent = "{\"purpose\":" + new Json.Str(naughty) + ",\"class\":\"read\"}";
      RawHttp.Response answer =
          guard.send(Request.call("echo", "{}").intent(intent).token(guard.goodToken()));
      GuardFixture.assertWellFormed(answer);
    }
    assertEquals(calls, guard.downstream().calls().size());
    for (Json record : recordsOf(before, strings.size())) {
      String reason = LogView.text(record, "reason");
      assertTrue(
          reason.startsWith("intent-") || reason.equals("purpose-unregistered"), record::toString);
    }
  }

  @Test
  void a18_f5_asASubjectEachIsAStranger() throws Exception {
    int before = guard.log().settledTerminals();
    int calls = guard.downstream().calls().size();
    for (String naughty : strings) {
      String token =
          guard
              .home()
              .tokenOf(
                  Map.of(
                      "sub", naughty,
                      "client_id", "keeper",
                      "aud", guard.home().resource("rec"),
                      "scope", "mcp:read"));
      RawHttp.Response answer =
          guard.send(Request.call("echo", "{}").intent(GuardFixture.LOOK).token(token));
      assertTrue(
          answer.status() == 401 || answer.json().get("error").isPresent(), answer::text);
    }
    assertEquals(calls, guard.downstream().calls().size());
    recordsOf(before, strings.size());
  }

  @Test
  void f5_noTextOutputGetsALineOrAnEscapeOfTheCallers() throws Exception {
    String evil = "x\u001b[2J\r\nforged line\u2028\u0085\u202e\u0000";
    Request call =
        Request.call("echo", "{\"v\":" + new Json.Str(evil) + "}")
            .intent("{\"purpose\":\"look\",\"class\":\"read\",\"task\":" + new Json.Str(evil) + "}")
            .meta("\"io.modelcontextprotocol/clientInfo\":{\"name\":" + new Json.Str(evil) + ",\"version\":\"1\"}")
            .token(guard.goodToken());
    guard.send(call);
    for (String verb : List.of("list", "show", "stats")) {
      String shown =
          GuardOutput.of(
                  "audit", verb, "--config", guard.home().file("mcp-guard.yaml").toString())
              .text();
      for (char bad : "\u001b\r\u2028\u0085\u202e\u0000".toCharArray()) {
        assertFalse(shown.indexOf(bad) >= 0, () -> verb + " shows " + Integer.toHexString(bad));
      }
      assertFalse(shown.lines().anyMatch(line -> line.startsWith("forged")), shown);
    }
  }

  @Test
  void f6_aTokenIsInNoFileOfTheGuard() throws Exception {
    String token = guard.token("keeper", "mcp:read");
    Canary canary = Canary.of(Map.of("token", token, "signature", token.substring(token.lastIndexOf('.') + 1)));
    Request call = Request.call("echo", "{}").intent(GuardFixture.LOOK);
    guard.send(call.token(token));
    guard.send(call.token(token + "A"));
    guard.send(call.header("Authorization", "Basic " + token));
    guard.send(call.token(token).bytes(GuardFixture.PATH + "?access_token=" + token, guard.port()));
    guard.log().settledTerminals();
    canary.assertAbsent(guard.home().file("audit"));
    canary.assertAbsent("what the server received", guard.downstream().received());
  }

  @Test
  void c17_noArgumentBecomesAHeaderLineOrAPathOfTheServersRequest() throws Exception {
    for (String evil :
        List.of("a\r\nX-Forged: 1", "a\nb", "../../admin", "?x=1", "a\u0000b", "\u0007", "%0d%0a")) {
      Request call =
          Request.call("echo", "{\"v\":" + new Json.Str(evil) + "}")
              .intent(GuardFixture.LOOK)
              .token(guard.goodToken());
      guard.assertPermitted(call, "echo");
      RecordedRequest received = guard.downstream().calls().getLast();
      assertEquals("/mcp", received.target());
      assertFalse(received.header("x-forged").isPresent(), received::toString);
    }
  }
}
