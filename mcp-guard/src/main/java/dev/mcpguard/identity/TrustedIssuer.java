package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.JWK;
import dev.mcpguard.model.ReasonCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One pinned issuer with its keys. Thread-safe. */
public final class TrustedIssuer {
  private final IssuerSettings settings;
  private final IssuerKeys keys;

  TrustedIssuer(IssuerSettings settings, IssuerKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** An issuer whose keys are read from a JWK set file. */
  public static TrustedIssuer withKeyFile(IssuerSettings settings, Path keySet) {
    return new TrustedIssuer(
        settings, new FileIssuerKeys(keySet, settings.profile(), System::nanoTime));
  }

  /**
   * An issuer whose keys are fetched from a URL (checked by configuration: https, or loopback).
   *
   * @param tls whom to trust, or null for those of the JDK
   */
  public static TrustedIssuer withKeyUrl(
      IssuerSettings settings, URI keySet, @Nullable SSLContext tls, InstantSource clock) {
    return new TrustedIssuer(
        settings,
        new RemoteIssuerKeys(
            keySet,
            settings.profile(),
            new HttpKeyFetch(KeyFetch.PATIENCE, tls),
            clock,
            work -> Thread.ofVirtual().name("issuer-keys").start(work)));
  }

  /** The issuer and its rules. */
  public IssuerSettings settings() {
    return settings;
  }

  /** Whether the keys can be had now; the answer is for {@code check} and {@code doctor}. */
  public boolean keysAvailable() {
    try {
      keys.current();
      return true;
    } catch (RefusedTokenException unavailable) {
      return false;
    }
  }

  /** Whether {@code set} is in force. */
  boolean uses(KeySet set) {
    try {
      return keys.current() == set;
    } catch (RefusedTokenException unavailable) {
      return false;
    }
  }

  /**
   * Verifies a token: what is cheap comes first, so that a flood must forge everything else before
   * it reaches a signature. Waiting for the issuer's key server holds no place in the budget.
   */
  TokenVerification verify(
      CompactToken token, String resource, Instant now, VerificationBudget budget) {
    KeySet set = null;
    try {
      if (!settings.types().contains(token.jws().type())) {
        throw new RefusedTokenException("the token is of another type");
      }
      if (!settings.algorithms().contains(token.jws().algorithm())) {
        throw new RefusedTokenException("the algorithm is not pinned for this issuer");
      }
      VerifiedToken verified = new ClaimsCheck(token.claims(), settings).check(resource, now);
      Selected selected = select(token.keyId());
      set = selected.set();
      budget.spend(() -> SignatureCheck.verify(token.jws(), selected.key(), settings.algorithms()));
      return new TokenVerification.Genuine(verified, this, set);
    } catch (RefusedTokenException refused) {
      return refused(refused, set);
    }
  }

  private TokenVerification refused(RefusedTokenException refused, @Nullable KeySet set) {
    TokenVerification.Forgery forged =
        set == null || refused.reason() != ReasonCode.UNAUTHENTICATED
            ? null
            : new TokenVerification.Forgery(this, set);
    return new TokenVerification.Refused(refused.reason(), refused.cause(), forged);
  }

  /** A key and the set it is from. */
  private record Selected(KeySet set, JWK key) {}

  private Selected select(@Nullable String keyId) throws RefusedTokenException {
    KeySet set = keys.current();
    JWK key = set.find(keyId);
    if (key == null && keyId != null) {
      set = keys.renewed();
      key = set.find(keyId);
    }
    if (key == null) {
      throw new RefusedTokenException("no key of this issuer has the token's key id");
    }
    return new Selected(set, key);
  }
}
