package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rows A1, A2, A8, A16 and A17 of the threats, against a running guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerTokenStoriesTest {
  private static final String SCOPES = "mcp:read mcp:write mcp:admin";

  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    guard = GuardFixture.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  private Request anonymous() {
    return Request.call("echo", "{\"n\":1}").intent(GuardFixture.LOOK);
  }

  /** One status and one text whatever is wrong with the credential; only the record tells. */
  private void assertChallenged(Map<String, Request> cases) throws Exception {
    Set<String> faces = new HashSet<>();
    for (Map.Entry<String, Request> each : cases.entrySet()) {
      RawHttp.Response answer = guard.assertRefused(each.getValue(), "unauthenticated");
      assertEquals(401, answer.status(), each::getKey);
      String challenge = answer.header("www-authenticate").orElse("");
      assertTrue(challenge.contains("resource_metadata=\""), () -> each.getKey() + challenge);
      assertEquals("", answer.text(), each::getKey);
      faces.add(challenge);
    }
    assertEquals(1, faces.size(), () -> "one text for every cause, not " + faces);
  }

  @Test
  void a1_aRequestWithoutACredentialIsChallenged() throws Exception {
    assertChallenged(Map.of("none", anonymous()));
  }

  @Test
  void a1_aMalformedCredentialIsChallengedInOneTextForEveryCause() throws Exception {
    String token = guard.token("keeper", SCOPES);
    Map<String, Request> cases = new LinkedHashMap<>();
    cases.put("twice the same", anonymous().token(token).token(token));
    cases.put("good and bad", anonymous().token(token).header("Authorization", "Bearer x"));
    List<String> values =
        List.of(
            "Bearer  " + token,
            "Bearer\t" + token,
            "Basic " + token,
            "",
            "Bearer",
            "Bearer ",
            token,
            "Bearer " + token + " " + token,
            "Bearer " + token + ",",
            "Bearer \"" + token + "\"",
            "Token " + token,
            "Bearer=" + token,
            "DPoP " + token,
            "Bearer " + "a".repeat(20_000));
    for (String value : values) {
      cases.put(
          value.substring(0, Math.min(20, value.length())) + "…",
          anonymous().header("Authorization", value));
    }
    assertChallenged(cases);
  }

  @Test
  void a1_aTokenInQueryOrBodyIsNoCredential() throws Exception {
    String token = guard.token("keeper", SCOPES);
    for (String path : List.of("?access_token=", "?token=", "?x=1&access_token=")) {
      byte[] request = anonymous().bytes(GuardFixture.PATH + path + token, guard.port());
      int calls = guard.downstream().calls().size();
      RawHttp.Response answer = guard.send(request);
      assertTrue(
          answer.status() == 401 || answer.status() == 400 || answer.status() == 404, answer::text);
      assertEquals(calls, guard.downstream().calls().size());
    }
    guard.assertRefused(anonymous().param("\"access_token\":\"" + token + "\""), "unauthenticated");
    guard.assertRefused(
        anonymous().meta("\"authorization\":\"Bearer " + token + "\""), "unauthenticated");
  }

  @Test
  void a1_aHeaderSectionOf64KiBIsRefusedWithoutACall() throws Exception {
    int calls = guard.downstream().calls().size();
    RawHttp.Response answer =
        guard.send(anonymous().header("Authorization", "Bearer " + "a".repeat(64 << 10)));
    assertTrue(answer.status() == 431 || answer.status() == 401, () -> "status " + answer.status());
    assertEquals(calls, guard.downstream().calls().size());
    guard.assertPermitted(guard.good(), "echo");
  }

  @Test
  void a1_theSchemeIsRecognisedInAnyCase() throws Exception {
    for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEaReR")) {
      guard.assertPermitted(
          anonymous().header("Authorization", scheme + " " + guard.goodToken()), "echo");
    }
  }

  @Test
  void a2_anUnsignedOrCutTokenIsChallenged() throws Exception {
    String[] parts = guard.token("keeper", SCOPES).split("\\.", -1);
    Map<String, Request> cases = new LinkedHashMap<>();
    for (String algorithm : List.of("none", "None", "NONE", "nOnE", "", "HS256")) {
      String header = encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}");
      for (String signature : List.of("", parts[2], encode("x"))) {
        String token = header + "." + parts[1] + "." + signature;
        cases.put(algorithm + "/" + signature.length(), anonymous().token(token));
      }
    }
    cases.put("empty signature", anonymous().token(parts[0] + "." + parts[1] + "."));
    cases.put("no signature", anonymous().token(parts[0] + "." + parts[1]));
    cases.put("only a header", anonymous().token(parts[0]));
    cases.put("four parts", anonymous().token(String.join(".", parts) + ".x"));
    cases.put("cut signature", anonymous().token(String.join(".", parts).substring(0, 60)));
    cases.put("padded", anonymous().token(String.join(".", parts) + "="));
    cases.put("dots", anonymous().token(".."));
    assertChallenged(cases);
  }

  @Test
  void a2_aSignatureOverOtherBytesIsChallenged() throws Exception {
    String[] one = guard.token("keeper", SCOPES).split("\\.", -1);
    String[] two = guard.token("looker", "mcp:read").split("\\.", -1);
    Map<String, Request> cases = new LinkedHashMap<>();
    cases.put("another's claims", anonymous().token(one[0] + "." + one[1] + "." + two[2]));
    String claims =
        new String(Base64.getUrlDecoder().decode(two[1]), java.nio.charset.StandardCharsets.UTF_8);
    String stronger = encode(claims.replace("looker", "keeper").replace("mcp:read", "mcp:admin"));
    cases.put("stronger claims", anonymous().token(two[0] + "." + stronger + "." + two[2]));
    assertChallenged(cases);
  }

  @Test
  void a8_aTokenForAnotherAudienceIsChallenged() throws Exception {
    String right = guard.home().resource("rec");
    Map<String, Request> cases = new LinkedHashMap<>();
    for (String audience :
        List.of(
            right + "/",
            right.toUpperCase(java.util.Locale.ROOT),
            right.substring(0, right.length() - 1),
            right + "x",
            right + "?",
            right + "#",
            guard.home().resource("other"),
            right.replace("127.0.0.1", "localhost"),
            right.replace("http:", "https:"),
            " " + right,
            right.substring(0, right.lastIndexOf('/')),
            "http://127.0.0.1:" + guard.port(),
            "*",
            "rec")) {
      cases.put(audience, anonymous().token(guard.home().token("keeper", SCOPES, audience)));
    }
    Map<String, Object> claims = Map.of("sub", "keeper", "client_id", "keeper", "scope", SCOPES);
    cases.put("no audience", anonymous().token(guard.home().tokenOf(claims)));
    cases.put(
        "two others",
        anonymous()
            .token(guard.home().token("keeper", SCOPES, right + "/", "https://else.example")));
    assertChallenged(cases);
  }

  @Test
  void a8_aTokenOfOneRouteIsNothingOnAnother() throws Exception {
    String aggregate = "http://127.0.0.1:" + guard.port() + "/mcp";
    Request call =
        Request.call("rec__echo", "{}")
            .intent(GuardFixture.LOOK)
            .token(guard.token("keeper", SCOPES));
    guard.assertRefused(call.bytes("/mcp", guard.port()), "unauthenticated");
    guard.assertRefused(
        anonymous().token(guard.home().token("keeper", SCOPES, aggregate)), "unauthenticated");
  }

  @Test
  void a16_theCallersTokenReachesNothing() throws Exception {
    String token = guard.token("keeper", SCOPES);
    String signature = token.substring(token.lastIndexOf('.') + 1);
    Canary canary = Canary.of(Map.of("token", token, "signature", signature));
    guard.assertPermitted(anonymous().token(token), "echo");
    List<byte[]> answers = new ArrayList<>();
    answers.add(guard.send(anonymous().token(token + "x")).raw());
    answers.add(guard.send(anonymous().token(token).token(token)).raw());
    answers.add(
        guard.send(Request.call("drop", "{}").intent(GuardFixture.LOOK).token(token)).raw());
    answers.add(guard.send(Request.modern("tools/list").token(token)).raw());
    answers.add(guard.send(Request.modern("server/discover").token(token)).raw());
    answers.add(guard.send(Request.modern("no/such").token(token)).raw());
    answers.add(
        guard.send(anonymous().token(token).bytes(GuardFixture.PATH, guard.port(), "{")).raw());
    canary.assertAbsent("what the server received", guard.downstream().received());
    for (byte[] answer : answers) {
      canary.assertAbsent("an answer", answer);
    }
    guard.log().terminalsAfter(0, 8);
    canary.assertAbsent(guard.home().file("audit"));
    for (RecordedRequest request : guard.downstream().requests()) {
      assertFalse(request.header("authorization").isPresent(), request::toString);
    }
  }

  @Test
  void a17_anIdentityInBodyOrHeaderChangesNothing() throws Exception {
    String weak = guard.token("looker", "mcp:read");
    String look = "{\"purpose\":\"look\",\"class\":\"admin\"}";
    Request call = Request.call("put", "{\"agent_id\":\"keeper\",\"sub\":\"keeper\"}").intent(look);
    Request named =
        call.meta("\"agent_id\":\"keeper\"")
            .meta("\"dev.example/identity\":{\"sub\":\"keeper\",\"scope\":\"mcp:admin\"}")
            .meta("\"io.modelcontextprotocol/clientInfo\":{\"name\":\"keeper\",\"version\":\"1\"}")
            .token(weak);
    for (String header :
        List.of(
            "X-User",
            "X-Agent-Id",
            "X-Forwarded-User",
            "X-Scope",
            "Remote-User",
            "From",
            "X-Forwarded-For")) {
      named = named.header(header, "keeper");
    }
    guard.assertRefused(call.token(weak), "intent-exceeded");
    guard.assertRefused(named, "intent-exceeded");
    guard.assertRefused(
        call.meta("\"sub\":\"keeper\"").header("X-Agent-Id", "keeper"), "unauthenticated");
    Json last =
        guard.log().terminals().stream()
            .filter(each -> LogView.text(each, "reason").equals("intent-exceeded"))
            .reduce((a, b) -> b)
            .orElseThrow();
    assertEquals("looker", last.textAt("principal", "agent").orElse(""));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.of(text));
  }
}
