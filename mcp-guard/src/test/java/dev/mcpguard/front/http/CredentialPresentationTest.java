package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.call;
import static dev.mcpguard.front.http.Running.callBody;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.model.ReasonCode;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a credential is presented (threat A1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialPresentationTest {
  private Running running;

  @BeforeAll
  void start() throws IOException {
    running = new Running(s -> s.withLimits(HttpLimits.DEFAULTS.withBodyBytes(2048)));
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @BeforeEach
  void forget() {
    running.gate.asked.clear();
  }

  @Test
  void a1NoCredentialIsChallengedWithoutErrorBeforeTheBodyIsRead() throws IOException {
    try (RawHttp http = running.connect()) {
      Reply reply =
          http.send(
                  "POST /mcp/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 1000\r\n\r\n{\"half")
              .read();
      assertEquals(401, reply.status());
      assertEquals(
          "Bearer resource_metadata=\"" + Running.PUBLIC
              + "/.well-known/oauth-protected-resource/mcp/files\", scope=\"mcp:read\"",
          reply.header("www-authenticate"));
      assertEquals("no-store", reply.header("cache-control"));
      assertEquals("", reply.text());
    }
    expectOneMisread(ReasonCode.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer token-a\r\nAuthorization: Bearer token-a",
        "Authorization: Bearer  token-a",
        "Authorization: Bearer\ttoken-a",
        "Authorization: Bearer",
        "Authorization:",
        "Authorization: Basic dG9rZW4tYQ==",
        "Authorization: token-a",
        "Authorization: Bearer token-a token-b",
        "Authorization: Bearer token-a, Bearer token-a",
        "Authorization: Bearer \"token-a\"",
        "Authorization: Bearer t\u00f6ken-a",
        "Authorization: Bearer forged"
      })
  void a1MalformedCredentialIsOneAndTheSameAnswer(String header) throws IOException {
    Reply reply =
        running.exchange(
            bare("POST", "/mcp/files", callBody(1, "t", "{}"), "Host: localhost", header,
                "Content-Type: application/json", "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call", "Mcp-Name: t"));
    assertEquals(401, reply.status());
    assertTrue(
        reply.header("www-authenticate").startsWith(
            "Bearer error=\"invalid_token\", error_description=\"the access token is not valid here\", "));
    assertEquals("", reply.text());
    assertEquals(1, running.gate.asked.size());
    running.expectGoodCallWorks();
  }

  @Test
  void a1TokenOver16KiBIsRefusedAnd64KiBOfHeadersAreNotRead() throws IOException {
    String request = call("t", "{}");
    String large = request.replace("token-alice", "token-" + "a".repeat(20 << 10));
    assertEquals(401, running.exchange(large).status());
    expectOneMisread(ReasonCode.UNAUTHENTICATED);
    String huge = request.replace("token-alice", "token-" + "a".repeat(64 << 10));
    assertEquals(431, running.exchange(huge).status());
    running.expectGoodCallWorks();
  }

  @Test
  void a1TokenInTheQueryIsRefusedEvenBesideAGoodOne() throws IOException {
    String request = call("t", "{}").replace("/mcp/files HTTP", "/mcp/files?access_token=token-a HTTP");
    assertEquals(401, running.exchange(request).status());
    expectOneMisread(ReasonCode.UNAUTHENTICATED);
  }

  @Test
  void a1SchemeIsReadInAnyCase() throws IOException {
    assertEquals(200, running.exchange(call("t", "{}").replace("Bearer", "bEARER")).status());
    String dpop = call("t", "{}", "DPoP: proof").replace("Bearer", "DPoP");
    assertEquals(200, running.exchange(dpop).status());
    assertEquals("proof", running.gate.calls().get(1).facts().credential().dpopProof());
    assertEquals("dpop", running.gate.calls().get(1).facts().credential().scheme());
  }

  private void expectOneMisread(ReasonCode reason) {
    assertEquals(1, running.gate.asked.size(), () -> running.gate.asked.toString());
    assertEquals(reason, running.gate.misread().getFirst().refusal().reason());
  }
}
