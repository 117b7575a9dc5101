package dev.mcpguard.front.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges to the letter (protocol.md 6.3). */
class ChallengesTest {
  private static final String METADATA =
      "resource_metadata=\"https://guard.example.com/.well-known/oauth-protected-resource/mcp/files\"";

  private static List<String> challenge(Refusal refusal, boolean presented, String... algorithms) {
    ProtectedResource resource =
        new ProtectedResource(
            List.of("https://login.example.com"), List.of("mcp:read"), List.of(algorithms), false);
    FrontSettings settings =
        FrontSettings.loopback(0, resource).withPublicUrl("https://guard.example.com");
    return new Challenges(settings).of(refusal, new Route("files", "unused"), presented);
  }

  @Test
  void a1ThreeCasesHaveTheirTexts() {
    Refusal unauthenticated = Refusal.of(ReasonCode.UNAUTHENTICATED, "secret");
    assertEquals(
        List.of("Bearer " + METADATA + ", scope=\"mcp:read\""), challenge(unauthenticated, false));
    assertEquals(
        List.of(
            "Bearer error=\"invalid_token\", error_description=\"the access token is not valid"
                + " here\", "
                + METADATA
                + ", scope=\"mcp:read\""),
        challenge(unauthenticated, true));
    Refusal more =
        Refusal.of(ReasonCode.SCOPE_INSUFFICIENT, "secret")
            .withData(
                JsonObject.builder()
                    .put("scope", "mcp:read mcp:write \"quoted\"")
                    .put("missing", "mcp:write")
                    .build());
    assertEquals(
        List.of(
            "Bearer error=\"insufficient_scope\", scope=\"mcp:read mcp:write\", "
                + METADATA
                + ", error_description=\"this call needs mcp:write\""),
        challenge(more, true));
  }

  @Test
  void dpopIsASecondChallengeAndTellsOfAStaleNonce() {
    Refusal unauthenticated = Refusal.of(ReasonCode.UNAUTHENTICATED, "");
    assertEquals(
        "DPoP algs=\"ES256 EdDSA\"", challenge(unauthenticated, false, "ES256", "EdDSA").get(1));
    Refusal stale = unauthenticated.withData(JsonObject.builder().put("dpopNonce", "n1").build());
    assertEquals(
        "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"", challenge(stale, true, "ES256").get(1));
    assertEquals("n1", Challenges.nonce(stale));
  }
}
