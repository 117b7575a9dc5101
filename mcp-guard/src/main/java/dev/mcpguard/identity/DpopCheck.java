package dev.mcpguard.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * Checks a DPoP proof (RFC 9449, 4.3): the bound key signed this method, this URL and this token
 * just now, and the proof was not seen before. Thread-safe.
 */
final class DpopCheck {
  /** The algorithms a proof may use; the protected resource metadata names the same. */
  static final Set<String> ALGORITHMS = Set.of("ES256", "ES384", "PS256", "RS256", "EdDSA");

  /** How old a proof may be. */
  static final Duration OLDEST = Duration.ofSeconds(60);

  /** How far ahead the caller's clock may be. */
  static final Duration AHEAD = Duration.ofSeconds(10);

  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "jwk", "kid");
  private static final int LONGEST_ID = 256;

  private final ProofMemory memory;
  private final VerificationBudget budget;

  DpopCheck(ProofMemory memory, VerificationBudget budget) {
    this.memory = memory;
    this.budget = budget;
  }

  void check(String proof, String thumbprint, Credential credential, Instant now)
      throws RefusedTokenException {
    CompactJws jws = CompactJws.read(proof, HEADER_MEMBERS);
    if (!jws.type().equals("dpop+jwt")) {
      throw new RefusedTokenException("the proof is of another type");
    }
    JWK key = key(jws, thumbprint);
    JsonObject claims = jws.claims();
    require(claims, "htm", credential.method());
    require(claims, "ath", hash(credential.token()));
    String url = claims.string("htu");
    if (url == null || !ProofUrl.same(url, credential.url())) {
      throw new RefusedTokenException("the proof is for another URL");
    }
    fresh(claims, now);
    String id = claims.string("jti");
    if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
      throw new RefusedTokenException("the proof has no usable `jti`");
    }
    budget.spend(() -> SignatureCheck.verify(jws, key, ALGORITHMS));
    // INVARIANT: only a proof that is good in every other way is remembered, so nobody but the
    // holder
    // of the key can fill the key's memory.
    switch (memory.use(thumbprint, id, now)) {
      case FIRST -> {}
      case REPEATED -> throw new RefusedTokenException("the proof was used before");
      case FULL ->
          throw new RefusedTokenException(ReasonCode.OVERLOADED, "too many proofs at once");
    }
  }

  private static JWK key(CompactJws jws, String thumbprint) throws RefusedTokenException {
    JsonObject text = jws.header().object("jwk");
    if (text == null) {
      throw new RefusedTokenException("the proof carries no key");
    }
    try {
      JWK key = JWK.parse(JsonText.text(text));
      KeyRules.check(key);
      if (!KeyRules.verifies(key, IssuerSettings.Profile.ACCESS_TOKEN)
          || !key.computeThumbprint().toString().equals(thumbprint)) {
        throw new RefusedTokenException("the proof is by another key than the token is bound to");
      }
      return key;
    } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
      throw new RefusedTokenException("the proof's key cannot be read");
    }
  }

  private static void fresh(JsonObject claims, Instant now) throws RefusedTokenException {
    Long issued = claims.get("iat") instanceof JsonNumber number ? number.longValue() : null;
    if (issued == null) {
      throw new RefusedTokenException("the proof's `iat` is missing or not a whole number");
    }
    long age = now.getEpochSecond() - Math.clamp(issued, 0L, 253_402_300_799L);
    if (age > OLDEST.toSeconds() || age < -AHEAD.toSeconds()) {
      throw new RefusedTokenException("the proof is not of now");
    }
  }

  private static void require(JsonObject claims, String claim, String expected)
      throws RefusedTokenException {
    if (!expected.equals(claims.string(claim))) {
      throw new RefusedTokenException("the proof's `" + claim + "` is not this request's");
    }
  }

  private static String hash(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
