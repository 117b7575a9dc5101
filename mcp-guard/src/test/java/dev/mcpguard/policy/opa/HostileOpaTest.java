package dev.mcpguard.policy.opa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.policy.Policies;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dead, hanging, lying or broken OPA server never permits. */
class HostileOpaTest {
  private static final String PROVENANCE =
      "\"provenance\":{\"version\":\"1\",\"bundles\":{\"b\":{\"revision\":\"r1\"}}}";
  private static final String PERMIT =
      "\"result\":{\"decision\":true,\"context\":{\"reasons\":[],\"obligations\":[]}}";

  private static Decision decide(URI url, Duration deadline) {
    OpaSettings settings = new OpaSettings(url, deadline, () -> "secret");
    try (OpaPolicy policy = new OpaPolicy(settings, () -> new HeldPolicy("r1", "r1"))) {
      AuthorizationRequest request = new AuthorizationRequest(Policies.permittedCall());
      Decision decision = policy.decide(request);
      if (decision instanceof Decision.Indeterminate found
          && found.reason() == ReasonCode.POLICY_UNAVAILABLE) {
        assertFalse(policy.visible(request));
      }
      return decision;
    }
  }

  private static void assertUnavailable(StubServer.Script script) throws IOException {
    try (StubServer server = new StubServer(script)) {
      assertReason(
          ReasonCode.POLICY_UNAVAILABLE, decide(server.url(), Duration.ofMillis(700)), "script");
    }
  }

  private static void assertReason(ReasonCode reason, Decision decision, String what) {
    Decision.Indeterminate found =
        assertInstanceOf(Decision.Indeterminate.class, decision, () -> what + ": " + decision);
    assertEquals(reason, found.reason(), what);
  }

  @Test
  void answerOfTheRightRevisionPermits() throws IOException {
    try (StubServer server = StubServer.json("{" + PERMIT + "," + PROVENANCE + "}")) {
      assertInstanceOf(Decision.Permit.class, decide(server.url(), Duration.ofSeconds(20)));
      assertTrue(server.requests().getFirst().contains("Authorization: Bearer secret"));
    }
  }

  @Test
  void deadServerIsUnavailableB9() throws IOException {
    URI gone;
    try (StubServer server = StubServer.json("{}")) {
      gone = server.url();
    }
    assertReason(ReasonCode.POLICY_UNAVAILABLE, decide(gone, Duration.ofSeconds(5)), "dead");
  }

  @Test
  void hangingServerIsUnavailableWithinTheDeadlineB9() throws IOException {
    assertUnavailable(out -> Thread.sleep(60_000));
  }

  @Test
  void serverThatStallsWithinItsAnswerIsUnavailableB9() throws IOException {
    assertUnavailable(
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"res".getBytes(StandardCharsets.US_ASCII));
          out.flush();
          Thread.sleep(60_000);
        });
  }

  @Test
  void serverThatDripsIsUnavailableB9() throws IOException {
    assertUnavailable(
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < 900; i++) {
            out.write(' ');
            out.flush();
            Thread.sleep(50);
          }
        });
  }

  @Test
  void oversizedAnswerIsUnavailableB9() throws IOException {
    String padded = "{" + PERMIT + "," + PROVENANCE + ",\"x\":\"" + "a".repeat(2 << 20) + "\"}";
    try (StubServer server = StubServer.json(padded)) {
      assertReason(
          ReasonCode.POLICY_UNAVAILABLE, decide(server.url(), Duration.ofSeconds(20)), "oversized");
    }
  }

  @Test
  void answersThatCannotBeReadOneWayAreUnavailable() throws IOException {
    for (String body :
        List.of(
            "", "null", "[]", "{", "not json", "{" + PERMIT + "}",
            "{" + PERMIT + "," + PERMIT + "," + PROVENANCE + "}",
            "{" + PERMIT + "," + PROVENANCE + "}{}",
            "{" + PERMIT.replace("\"decision\":true", "\"decision\":false,\"decision\":true")
                + "," + PROVENANCE + "}",
            "{" + PERMIT + "," + PROVENANCE + "," + PROVENANCE.replace("r1", "r2") + "}",
            "{" + PERMIT + "," + PROVENANCE.replace("r1", "r2") + "}",
            "{" + PERMIT + "," + PROVENANCE.replace("\"r1\"", "null") + "}",
            "{" + PERMIT + ",\"provenance\":{\"bundles\":{}}}",
            "{" + PERMIT + ",\"provenance\":{\"bundles\":{\"a\":{\"revision\":\"r1\"},"
                + "\"b\":{\"revision\":\"r2\"}}}}")) {
      try (StubServer server = StubServer.json(body)) {
        assertReason(
            ReasonCode.POLICY_UNAVAILABLE, decide(server.url(), Duration.ofSeconds(20)), body);
      }
    }
  }

  @Test
  void undefinedAndUnusableResultsArePolicyUndefinedB7() throws IOException {
    for (String result :
        List.of(
            "", "\"result\":null,", "\"result\":true,", "\"result\":{},",
            "\"result\":{\"decision\":\"true\",\"context\":{\"reasons\":[]}},",
            "\"result\":{\"decision\":true},")) {
      try (StubServer server = StubServer.json("{" + result + PROVENANCE + "}")) {
        assertReason(
            ReasonCode.POLICY_UNDEFINED, decide(server.url(), Duration.ofSeconds(20)), result);
      }
    }
  }

  @Test
  void errorsAndRedirectsAreUnavailable() throws IOException {
    String body = "{" + PERMIT + "," + PROVENANCE + "}";
    for (String status :
        List.of(
            "500 Internal Server Error", "404 Not Found", "401 Unauthorized", "204 No Content",
            "302 Found\r\nLocation: http://127.0.0.1:1/", "201 Created")) {
      assertUnavailable(out -> out.write(StubServer.response(status, body)));
    }
  }
}
