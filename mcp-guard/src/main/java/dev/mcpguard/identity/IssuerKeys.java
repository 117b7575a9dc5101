package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.JWK;
import org.jspecify.annotations.Nullable;

/** The public keys of one issuer. Thread-safe. */
interface IssuerKeys {

  /** The key of this id, or null. An id is an opaque key of a map and nothing else (threat A5). */
  @Nullable JWK find(String keyId) throws RefusedTokenException;

  /** The only key, for an issuer whose tokens carry no {@code kid}; null if there are several. */
  @Nullable JWK only() throws RefusedTokenException;
}
