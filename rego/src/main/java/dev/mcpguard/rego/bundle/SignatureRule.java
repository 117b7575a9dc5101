package dev.mcpguard.rego.bundle;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of a bundle's {@code .signatures.json}. Immutable. */
public sealed interface SignatureRule {

  /**
   * A good signature is demanded: a bundle without one is refused, whatever else is set here. (OPA
   * before 1.21.3 let a stripped bundle pass where no key id was set, GHSA-g2pf-6v5v-qcc8.)
   *
   * @param keys by the id the signature names
   * @param keyId the only id taken; null for any of the keys
   * @param scope what the signature's {@code scope} must be; null for a signature that has none
   * @param issuer what its {@code iss} must be; null for any
   * @param longestAge how long ago its {@code iat} may lie, then demanded; null for any
   */
  record Demanded(
      Map<String, VerifyingKey> keys,
      @Nullable String keyId,
      @Nullable String scope,
      @Nullable String issuer,
      @Nullable Duration longestAge)
      implements SignatureRule {
    public Demanded {
      keys = Map.copyOf(keys);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("verifying needs a key");
      }
      if (keyId != null && !keys.containsKey(keyId)) {
        throw new IllegalArgumentException("no key has the id `" + keyId + "`");
      }
    }

    /** Any of the keys; no scope, any issuer, any age. */
    public static Demanded by(Map<String, VerifyingKey> keys) {
      return new Demanded(keys, null, null, null, null);
    }
  }

  /** There is no key to verify with: unsigned bundles are read, signed ones refused, as in OPA. */
  record Unsigned() implements SignatureRule {}

  /** Signatures are not looked at. For tools only; never for what decides. */
  record Ignored() implements SignatureRule {}
}
