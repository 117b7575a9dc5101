package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rows B1, B2, B3, B4 and B15 of the threats, against a running guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntentStoriesTest {
  private static final String SCOPES = "mcp:read mcp:write mcp:admin";
  private static final List<String> LADDER = List.of("read", "write", "admin");
  private static final Map<String, String> PURPOSES =
      Map.of("read", "look", "write", "change", "admin", "run");

  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    guard = GuardFixture.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  private Request call(String tool) {
    return Request.call(tool, "{\"n\":1}").token(guard.token("keeper", SCOPES));
  }

  @Test
  void b1_aCallWithoutIntentIsRefusedBothAsErrorAndForModels() throws Exception {
    RawHttp.Response answer = guard.assertRefused(call("echo"), "intent-missing");
    // a missing intent is the one refusal that is a result: it has to reach the model
    assertTrue(answer.text().contains("guard_purpose"), answer::text);
    assertTrue(answer.text().contains("\"isError\":true"), answer::text);
  }

  @Test
  void b1_anIntentThatCannotBeReadIsRefused() throws Exception {
    for (String intent :
        List.of(
            "null",
            "[]",
            "\"read\"",
            "1",
            "true",
            "{\"purpose\":1}",
            "{\"purpose\":null}",
            "{\"purpose\":[\"look\"]}",
            "{\"purpose\":\"\"}",
            "{\"purpose\":\"look\",\"class\":1}",
            "{\"purpose\":\"look\",\"class\":[\"read\"]}",
            "{\"purpose\":\"look\",\"class\":\"\"}",
            "{\"purpose\":\"look\",\"class\":\"all\"}",
            "{\"purpose\":\"look\",\"class\":\"read\",\"extra\":1}",
            "{\"purpose\":\"look\",\"class\":\"read\",\"Class\":\"admin\"}",
            "{\"purpose\":\"look\",\"tools\":\"rec/echo\"}",
            "{\"purpose\":\"look\",\"tools\":[\"echo\"]}",
            "{\"purpose\":\"look\",\"sensitivity\":\"secret\"}",
            "{\"purpose\":\"look\",\"task\":{}}")) {
      guard.assertRefused(call("echo").intent(intent), "intent-unreadable");
    }
  }

  @Test
  void b1_anIntentGivenTwiceIsRefusedAsAWhole() throws Exception {
    guard.assertRefused(
        call("echo").intent(GuardFixture.LOOK).intent(GuardFixture.LOOK), "malformed");
    guard.assertRefused(
        call("echo").intent("{\"purpose\":\"look\",\"class\":\"read\",\"class\":\"admin\"}"),
        "malformed");
  }

  @Test
  void b1_carriersThatDisagreeAreRefused() throws Exception {
    Request flat =
        Request.call("echo", "{\"guard_purpose\":\"change\"}").token(guard.token("keeper", SCOPES));
    guard.assertRefused(flat.intent(GuardFixture.LOOK), "intent-conflict");
    Request task =
        Request.call("echo", "{\"guard_task\":\"a\"}").token(guard.token("keeper", SCOPES));
    guard.assertRefused(task.intent("{\"purpose\":\"look\",\"task\":\"b\"}"), "intent-conflict");
  }

  @Test
  void b1_anUnregisteredPurposeIsRefused() throws Exception {
    guard.assertRefused(
        call("echo").intent("{\"purpose\":\"other\",\"class\":\"read\"}"), "purpose-unregistered");
  }

  @Test
  void b1_flatArgumentsDeclareIntentAndAreNotForwarded() throws Exception {
    Request flat =
        Request.call("echo", "{\"guard_purpose\":\"look\",\"guard_task\":\"t\",\"n\":1}")
            .token(guard.token("keeper", SCOPES));
    guard.assertPermitted(flat, "echo");
    RecordedRequest received = guard.downstream().calls().getLast();
    assertFalse(Bytes.text(received.body()).contains("guard_"), () -> Bytes.text(received.body()));
    guard.assertPermitted(guard.good(), "echo");
    RecordedRequest meta = guard.downstream().calls().getLast();
    assertFalse(Bytes.text(meta.body()).contains("dev.mcpguard"), () -> Bytes.text(meta.body()));
  }

  @Test
  void b1_aRegisteredDefaultCoversReadingOnly() throws Exception {
    String token = guard.token("silent", SCOPES);
    guard.assertPermitted(Request.call("echo", "{}").token(token), "echo");
    guard.assertRefused(Request.call("put", "{}").token(token), "intent-exceeded");
  }

  /** Every cell of intent, class of the tool, and scope of the token. */
  @Test
  void b2_b3_aCallIsPermittedOnlyWithinIntentAndScope() throws Exception {
    for (int scope = -1; scope < LADDER.size(); scope++) {
      String scopes = scope < 0 ? "" : "mcp:" + LADDER.get(scope);
      String token = guard.token("keeper", scopes);
      for (int intent = 0; intent < LADDER.size(); intent++) {
        String declared = LADDER.get(intent);
        String said =
            "{\"purpose\":\"" + PURPOSES.get(declared) + "\",\"class\":\"" + declared + "\"}";
        int tool = 0;
        for (String name : GuardHome.CLASSES.keySet()) {
          Request call = Request.call(name, "{}").intent(said).token(token);
          assertCell(call, name, tool <= intent, tool <= scope);
          tool++;
        }
      }
    }
  }

  private void assertCell(Request call, String tool, boolean intended, boolean scoped)
      throws Exception {
    if (intended && scoped) {
      guard.assertPermitted(call, tool);
    } else {
      guard.assertRefused(call, intended ? "scope-insufficient" : "intent-exceeded");
    }
  }

  @Test
  void b3_aStrongIntentGivesAWeakCallerNothing() throws Exception {
    String weak = guard.token("looker", SCOPES);
    guard.assertRefused(
        Request.call("drop", "{}").intent(GuardFixture.RUN).token(weak), "purpose-unregistered");
    guard.assertRefused(
        Request.call("drop", "{}").intent("{\"purpose\":\"look\",\"class\":\"admin\"}").token(weak),
        "intent-exceeded");
  }

  @Test
  void b4_lookAlikesOfAClassOrPurposeAreUnreadable() throws Exception {
    Map<String, String> odd = new LinkedHashMap<>();
    for (String word :
        List.of(
            "Read",
            "READ",
            "read ",
            " read",
            "re\u200bad",
            "r\u0435ad",
            "read\u0000",
            "read\n",
            "ｒead")) {
      odd.put(word, "{\"purpose\":\"look\",\"class\":" + new Json.Str(word) + "}");
    }
    for (String word :
        List.of("look ", "l\u043eok", "lo\u200bok", "look\u0000", " look", "look\r\n")) {
      odd.put(word, "{\"purpose\":" + new Json.Str(word) + ",\"class\":\"read\"}");
    }
    for (String intent : odd.values()) {
      guard.assertRefused(call("echo").intent(intent), "intent-unreadable");
    }
  }

  @Test
  void b15_aListShowsWhatTheCallerCouldBePermitted() throws Exception {
    assertEquals(List.of("drop", "echo", "put"), listed("keeper", SCOPES));
    assertEquals(List.of("echo", "put"), listed("keeper", "mcp:write"));
    assertEquals(List.of("echo"), listed("keeper", "mcp:read"));
    assertEquals(List.of("echo"), listed("looker", SCOPES));
    assertEquals(List.of(), listed("looker", ""));
    assertEquals(List.of("drop", "echo", "put"), listed("keeper", SCOPES));
  }

  @Test
  void b15_aCallIsJudgedWhetherOrNotTheCallerListed() throws Exception {
    String weak = guard.token("looker", "mcp:read");
    guard.assertRefused(
        Request.call("put", "{}").intent("{\"purpose\":\"look\",\"class\":\"write\"}").token(weak),
        "intent-exceeded");
    listed("looker", "mcp:read");
    guard.assertPermitted(Request.call("echo", "{}").intent(GuardFixture.LOOK).token(weak), "echo");
    guard.assertRefused(call("nosuch").intent(GuardFixture.LOOK), "tool-unknown");
  }

  private List<String> listed(String agent, String scopes) throws Exception {
    RawHttp.Response answer =
        guard.send(Request.modern("tools/list").token(guard.token(agent, scopes)));
    assertEquals("private", answer.json().textAt("result", "cacheScope").orElse(""), answer::text);
    TreeSet<String> names = new TreeSet<>();
    for (Json tool : ((Json.Arr) answer.json().at("result", "tools").orElseThrow()).elements()) {
      names.add(tool.textAt("name").orElseThrow());
    }
    return List.copyOf(names);
  }
}
