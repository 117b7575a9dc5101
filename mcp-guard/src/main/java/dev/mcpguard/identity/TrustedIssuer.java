package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** One pinned issuer with its keys. Thread-safe. */
public final class TrustedIssuer {
  private final IssuerSettings settings;
  private final IssuerKeys keys;

  private TrustedIssuer(IssuerSettings settings, IssuerKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** An issuer whose keys are read from a JWK set file. */
  public static TrustedIssuer withKeyFile(IssuerSettings settings, Path keySet) {
    return new TrustedIssuer(settings, new FileIssuerKeys(keySet));
  }

  /** An issuer whose keys are fetched from a URL (checked by configuration: https, or loopback). */
  public static TrustedIssuer withKeyUrl(IssuerSettings settings, URI keySet, InstantSource clock) {
    return new TrustedIssuer(settings, new RemoteIssuerKeys(keySet, clock));
  }

  /** The issuer and its rules. */
  public IssuerSettings settings() {
    return settings;
  }

  /** Whether the keys can be had now; the answer is for {@code check} and {@code doctor}. */
  public boolean keysAvailable() {
    try {
      keys.only();
      return true;
    } catch (RefusedTokenException unavailable) {
      return false;
    }
  }

  VerifiedToken verify(CompactToken token, String resource, Instant now)
      throws RefusedTokenException {
    if (!settings.types().contains(token.type())) {
      throw new RefusedTokenException("the token is of another type");
    }
    String keyId = token.keyId();
    JWK key = keyId == null ? keys.only() : keys.find(keyId);
    if (key == null) {
      throw new RefusedTokenException("no key of this issuer has the token's key id");
    }
    SignatureCheck.verify(token, key, settings.algorithms());
    return new ClaimsCheck(token.claims(), settings).check(resource, now);
  }
}
