package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a real Keycloak: RFC 9068 tokens of a workload (A8, A9, A17), DPoP-bound ones (A14), and
 * an agent that is taken off the register (A15). Skipped, loudly, without Keycloak.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakStoriesTest {
  private @Nullable KeycloakServer keycloak;
  private @Nullable GuardFixture guard;
  private ECKey proofKey;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    KeycloakServer.assumeReady();
    guard = GuardFixture.prepare(Files.createDirectory(folder.resolve("guard")));
    keycloak = KeycloakServer.start(folder, guard.home().resource("rec"));
    proofKey = new ECKeyGenerator(Curve.P_256).generate();
    Path configuration = guard.home().file("mcp-guard.yaml");
    Files.writeString(
        configuration,
        """
        issuers:
          - issuer: %s
            keys: {url: "%s"}
            algorithms: [ES256]
        """
            .formatted(keycloak.issuer(), keycloak.keys()),
        java.nio.file.StandardOpenOption.APPEND);
    Path agents = guard.home().file("agents.yaml");
    Files.writeString(
        agents,
        reader("active")
            + agent("invoice-payer", "write", "{change: {class: write}}", "active")
            + agent("elsewhere", "read", "{look: {class: read}}", "active"),
        java.nio.file.StandardOpenOption.APPEND);
    guard.serve();
  }

  private String reader(String state) {
    return agent(
        "invoice-reader", "write", "{look: {class: read}, change: {class: write}}", state);
  }

  private String agent(String client, String ceiling, String purposes, String state) {
    return """
      - id: kc-%s
        owner: Ada Example
        match: {issuer: "%s", claims: {client_id: %s}}
        ceiling: %s
        sensitivity: internal
        review-by: 2099-01-01
        purposes: %s
        state: %s
    """
        .formatted(client, keycloak.issuer(), client, ceiling, purposes, state)
        .indent(0);
  }

  @AfterAll
  void stop() throws Exception {
    if (guard != null) {
      guard.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  private String readerToken() throws Exception {
    return keycloak.token("invoice-reader", "not-a-secret-reader");
  }

  private Request echo(String token) {
    return Request.call("echo", "{\"n\":1}").intent(GuardFixture.LOOK).token(token);
  }

  @Test
  void aWorkloadTokenOfKeycloakIsPermittedWithItsOwnerOnRecord() throws Exception {
    guard.assertPermitted(echo(readerToken()), "echo");
    Json admission = guard.log().ofKind("admission").getLast();
    assertEquals("kc-invoice-reader", admission.textAt("principal", "agent").orElse(""));
    assertEquals("Ada Example", admission.textAt("principal", "owner").orElse(""));
    assertEquals(keycloak.issuer(), admission.textAt("principal", "issuer").orElse(""));
  }

  @Test
  void aWriteIsRefusedToATokenThatHoldsTheReadScopeOnly() throws Exception {
    Request write =
        Request.call("put", "{\"n\":1}").intent(GuardFixture.CHANGE).token(readerToken());
    guard.assertRefused(write, "scope-insufficient");
  }

  @Test
  void a8_aTokenOfTheSameRealmForAnotherAudienceIsChallenged() throws Exception {
    String other = keycloak.token("elsewhere", "not-a-secret-elsewhere");
    assertEquals(401, guard.assertRefused(echo(other), "unauthenticated").status());
  }

  @Test
  void a14_aBoundTokenNeedsAFreshProofOfThisRequestEachTime() throws Exception {
    String route = guard.home().resource("rec");
    String token = payerToken();
    String proof = proof(route, token);
    guard.assertPermitted(put(token).header("DPoP", proof), "put");
    assertEquals(
        401, guard.assertRefused(put(token).header("DPoP", proof), "unauthenticated").status());
    guard.assertRefused(put(token), "unauthenticated");
    guard.assertRefused(
        put(token).header("DPoP", proof(keycloak.tokenEndpoint(), token)), "unauthenticated");
    guard.assertRefused(
        Request.call("put", "{}").intent(GuardFixture.CHANGE).token(token), "unauthenticated");
    guard.assertPermitted(put(token).header("DPoP", proof(route, token)), "put");
  }

  private String payerToken() throws Exception {
    return keycloak.token(
        "invoice-payer", "not-a-secret-payer", "DPoP", proof(keycloak.tokenEndpoint(), null));
  }

  private static Request put(String token) {
    return Request.call("put", "{\"n\":1}")
        .intent(GuardFixture.CHANGE)
        .header("Authorization", "DPoP " + token);
  }

  /** RFC 9449. */
  private String proof(String url, @Nullable String token) throws Exception {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .claim("htm", "POST")
            .claim("htu", url)
            .issueTime(Date.from(Instant.now()))
            .jwtID(UUID.randomUUID().toString());
    if (token != null) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      claims.claim("ath", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(proofKey.toPublicJWK())
            .build();
    SignedJWT proof = new SignedJWT(header, claims.build());
    proof.sign(new ECDSASigner(proofKey));
    return proof.serialize();
  }

  @Test
  void a15_anAgentTakenOffTheRegisterIsRefusedWhileItsTokenIsStillGood() throws Exception {
    String token = keycloak.token("invoice-reader", "not-a-secret-reader");
    guard.assertPermitted(echo(token), "echo");
    Path agents = guard.home().file("agents.yaml");
    String before = Files.readString(agents);
    String after =
        before.replace(
            reader("active"), reader("disabled"));
    assertTrue(!after.equals(before), "the register was not changed");
    try {
      Files.writeString(agents, after);
      awaitRefused(token);
      guard.assertRefused(echo(token), "agent-disabled");
    } finally {
      Files.writeString(agents, before);
      awaitPermitted(token);
    }
  }

  private void awaitRefused(String token) throws Exception {
    long deadline = System.nanoTime() + 15_000_000_000L;
    while (guard.send(echo(token)).json().get("result").isPresent()) {
      assertTrue(System.nanoTime() < deadline, "the disabled agent is still served");
      Thread.sleep(100);
    }
  }

  private void awaitPermitted(String token) throws Exception {
    long deadline = System.nanoTime() + 15_000_000_000L;
    while (guard.send(echo(token)).json().get("result").isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "the agent is not served again");
      Thread.sleep(100);
    }
  }
}
