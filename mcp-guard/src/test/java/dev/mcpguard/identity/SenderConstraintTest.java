package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Identification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** DPoP (RFC 9449) and certificate-bound tokens (RFC 8705), threat A14. */
final class SenderConstraintTest {
  private static final SigningKey HOLDER = SigningKey.of("h", "ES256");
  private static final String URL = Desk.ROUTE.resource();

  private final Desk desk = new Desk();
  private final AtomicInteger serial = new AtomicInteger();
  private final String bound = bound(HOLDER);

  private static String thumbprint(SigningKey key) {
    try {
      return key.jwk().computeThumbprint().toString();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String bound(SigningKey key) {
    return Desk.KEY.token(desk.claims("cnf", "{\"jkt\":\"" + thumbprint(key) + "\"}"));
  }

  private static String hash(String token) {
    try {
      return SigningKey.base64(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String header(SigningKey key) {
    return "{\"typ\":\"dpop+jwt\",\"alg\":\"%s\",\"jwk\":%s}"
        .formatted(key.algorithm(), key.jwk().toJSONString());
  }

  private JsonObject proof(String token) {
    return SigningKey.json(
        "{\"jti\":\"p%d\",\"htm\":\"POST\",\"htu\":\"%s\",\"iat\":%d,\"ath\":\"%s\"}"
            .formatted(serial.incrementAndGet(), URL, desk.clock.seconds(), hash(token)));
  }

  private String signed(JsonObject claims) {
    return HOLDER.sign(header(HOLDER), JsonText.text(claims));
  }

  private Identification present(String scheme, String token, @Nullable String proof) {
    return desk.verifier.verify(
        new Credential(scheme, token, proof, "POST", URL, null, null), Desk.ROUTE);
  }

  /** Refused, and a good proof right after it still works. */
  private void refused(@Nullable String proof, String what) {
    Desk.stranger(present("dpop", bound, proof), what);
    Desk.identified(present("dpop", bound, signed(proof(bound))));
  }

  @Test
  void a14GoodProofAuthenticatesByDpopForEveryAlgorithm() {
    for (String algorithm : List.of("ES256", "ES384", "RS256", "EdDSA")) {
      SigningKey key = SigningKey.of("p", algorithm);
      String token = bound(key);
      String proof = key.sign(header(key), JsonText.text(proof(token)));
      assertEquals("dpop", Desk.identified(present("dpop", token, proof)).authenticatedBy());
    }
  }

  @Test
  void a14SchemeAndTokenBelongTogether() {
    Desk.stranger(present("bearer", bound, null), "a bound token as a bearer token");
    Desk.stranger(present("bearer", bound, signed(proof(bound))), "even with a proof");
    Desk.stranger(
        present("dpop", desk.good(), signed(proof(desk.good()))),
        "an unbound token as a bound one");
    refused(null, "no proof");
    refused("", "an empty proof");
    Desk.identified(present("bearer", desk.good(), signed(proof(desk.good()))));
  }

  @Test
  void a14ProofForAnythingElseIsRefused() {
    JsonObject good = proof(bound);
    for (String change :
        List.of(
            "\"htm\":\"GET\"",
            "\"htm\":\"post\"",
            "\"htm\":5",
            "\"htu\":\"" + URL + "/x\"",
            "\"htu\":\"" + URL + "?a=b\"",
            "\"htu\":\"" + URL + "#f\"",
            "\"htu\":null",
            "\"htu\":\"http://guard.example.com/mcp/files\"",
            "\"htu\":\"https://guard.example.com:8443/mcp/files\"",
            "\"htu\":\"https://a@guard.example.com/mcp/files\"",
            "\"htu\":\"/mcp/files\"",
            "\"htu\":\":::\"",
            "\"ath\":\"" + hash("other") + "\"",
            "\"ath\":5",
            "\"jti\":5",
            "\"jti\":\"\"",
            "\"jti\":\"" + "j".repeat(300) + "\"",
            "\"iat\":\"now\"",
            "\"iat\":1.5",
            "\"iat\":1e9",
            "\"iat\":-9223372036854775808",
            "\"iat\":9223372036854775807",
            "\"iat\":" + (desk.clock.seconds() - 61),
            "\"iat\":" + (desk.clock.seconds() + 11))) {
      JsonObject one = SigningKey.json("{" + change + "}");
      String member = one.members().keySet().iterator().next();
      JsonValue value = java.util.Objects.requireNonNull(one.get(member));
      refused(signed(good.with(member, value)), change);
      refused(signed(good.without(member)), "no " + member);
    }
  }

  @Test
  void a14EqualSpellingsOfTheUrlAndTheEdgesOfTheWindowPass() {
    for (String url :
        List.of(
            "HTTPS://GUARD.example.com:443/mcp/files",
            "https://guard.example.com/mcp/x/../files")) {
      JsonObject claims = proof(bound).with("htu", new dev.mcpguard.json.JsonString(url));
      Desk.identified(present("dpop", bound, signed(claims)));
    }
    for (long edge : new long[] {-60, 10}) {
      JsonObject claims =
          proof(bound).with("iat", dev.mcpguard.json.JsonNumber.of(desk.clock.seconds() + edge));
      Desk.identified(present("dpop", bound, signed(claims.with("more", claims))));
    }
  }

  @Test
  void a14ProofHeaderAndKeyAreStrict() {
    String claims = JsonText.text(proof(bound));
    SigningKey thief = SigningKey.of("t", "ES256");
    String jwk = HOLDER.jwk().toJSONString();
    refused(thief.sign(header(thief), claims), "another key");
    refused(thief.sign(header(HOLDER), claims), "the key's name, another signature");
    for (String header :
        List.of(
            "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}",
            "{\"alg\":\"ES256\",\"jwk\":" + jwk + "}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":" + jwk + "}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"jwk\":" + jwk + "}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES384\",\"jwk\":" + jwk + "}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\"}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":\"x\"}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":"
                + jwk.replace("}", ",\"d\":\"AAAA\"}")
                + "}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"crit\":[],\"jwk\":" + jwk + "}",
            "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jku\":\"http://127.0.0.1:1\",\"jwk\":"
                + jwk
                + "}")) {
      refused(HOLDER.sign(header, claims), header);
    }
    refused(signed(proof(bound)) + " ", "another spelling");
  }

  @Test
  void a14ProofIsGoodOnce() {
    String proof = signed(proof(bound));
    Desk.identified(present("dpop", bound, proof));
    refused(proof, "again");
    desk.clock.advance(Duration.ofSeconds(60));
    refused(proof, "again at the end of its window");
    desk.clock.advance(Duration.ofSeconds(30));
    refused(proof, "too old by then");
  }

  @Test
  void a14OfAHundredThreadsOneProofPermitsOne() throws Exception {
    Desk.identified(present("dpop", bound, signed(proof(bound))));
    String proof = signed(proof(bound));
    Callable<Identification> attempt = () -> present("dpop", bound, proof);
    int permitted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
      List<Callable<Identification>> attempts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        attempts.add(attempt);
      }
      for (Future<Identification> result : threads.invokeAll(attempts)) {
        permitted += result.get() instanceof Identification.Identified ? 1 : 0;
      }
    }
    assertEquals(1, permitted);
  }

  @Test
  void a14MemoryIsBoundedPerKeyAndRefusesRatherThanForgets() {
    ProofMemory memory = new ProofMemory(Duration.ofSeconds(60), 3);
    Instant now = desk.clock.instant();
    for (String id : List.of("a", "b", "c")) {
      assertEquals(ProofMemory.Use.FIRST, memory.use("k", id, now));
    }
    assertEquals(ProofMemory.Use.FULL, memory.use("k", "d", now));
    assertEquals(ProofMemory.Use.REPEATED, memory.use("k", "a", now));
    assertEquals(ProofMemory.Use.FIRST, memory.use("other", "a", now));
    assertEquals(ProofMemory.Use.REPEATED, memory.use("k", "a", now.plusSeconds(60)));
    assertEquals(ProofMemory.Use.FIRST, memory.use("k", "d", now.plusSeconds(61)));
    for (int i = 0; i < 10_000; i++) {
      memory.use("key" + i, "x", now.plusSeconds(61 + i));
    }
    assertTrue(memory.keys() < 5_000, "idle keys are swept: " + memory.keys());
  }

  @Test
  void confirmationThatCannotBeCheckedIsRefused() {
    String jkt = "\"jkt\":\"" + thumbprint(HOLDER) + "\"";
    for (String cnf :
        List.of(
            "{}",
            "null",
            "\"x\"",
            "[]",
            "{\"unknown\":\"x\"}",
            "{\"jkt\":5}",
            "{\"jkt\":\"\"}",
            "{\"jkt\":\"short\"}",
            "{" + jkt + ",\"jwk\":{}}",
            "{" + jkt + ",\"jku\":\"x\"}",
            "{" + jkt + ",\"kid\":\"x\"}",
            "{" + jkt + ",\"jwe\":\"x\"}",
            "{\"osc\":{}}",
            "{" + jkt + ",\"x5t#S256\":null}",
            "{\"kid\":\"k1\"}")) {
      String token = Desk.KEY.token(desk.claims("cnf", cnf));
      Desk.stranger(present("dpop", token, signed(proof(token))), cnf);
      Desk.stranger(present("bearer", token, null), cnf);
    }
    String keycloak = Desk.KEY.token(desk.claims("cnf", "{" + jkt + ",\"kc-jkt-type\":\"EC\"}"));
    Desk.identified(present("dpop", keycloak, signed(proof(keycloak))));
  }

  @Test
  void certificateBoundTokenNeedsTheCertificate() {
    String certificate = hash("certificate");
    String token = Desk.KEY.token(desk.claims("cnf", "{\"x5t#S256\":\"" + certificate + "\"}"));
    assertEquals("mtls", Desk.identified(over(certificate, "bearer", token)).authenticatedBy());
    Desk.stranger(over(hash("other"), "bearer", token), "another certificate");
    Desk.stranger(over(null, "bearer", token), "no certificate");
    Desk.stranger(over(certificate, "dpop", token), "no key is bound");
    assertEquals(
        "jwt", Desk.identified(over(certificate, "bearer", desk.good())).authenticatedBy());
  }

  private Identification over(@Nullable String certificate, String scheme, String token) {
    return desk.verifier.verify(
        new Credential(scheme, token, null, "POST", URL, certificate, null), Desk.ROUTE);
  }
}
