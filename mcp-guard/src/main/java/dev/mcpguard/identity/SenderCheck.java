package dev.mcpguard.identity;

import dev.mcpguard.model.Credential;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the presenter of a verified token is the one the token is bound to. Checked on every use:
 * a cached token proves nothing about its presenter. Thread-safe.
 */
final class SenderCheck {
  private final DpopCheck proofs;

  SenderCheck(DpopCheck proofs) {
    this.proofs = proofs;
  }

  /** How the caller is authenticated: {@code jwt}, {@code dpop} or {@code mtls}. */
  String check(VerifiedToken token, Credential credential, Instant now)
      throws RefusedTokenException {
    SenderConstraint constraint = token.constraint();
    String certificate = constraint.certificateThumbprint();
    if (certificate != null && !certificate.equals(credential.certificateThumbprint())) {
      throw new RefusedTokenException("the token is bound to another client certificate");
    }
    String key = constraint.keyThumbprint();
    if (credential.scheme().equals("dpop")) {
      prove(key, credential, now);
      return "dpop";
    }
    if (key != null) {
      throw new RefusedTokenException("the token is bound to a key and was sent as a bearer token");
    }
    return certificate == null ? "jwt" : "mtls";
  }

  private void prove(@Nullable String key, Credential credential, Instant now)
      throws RefusedTokenException {
    if (key == null) {
      throw new RefusedTokenException("the token is not bound to a key and was sent as if it were");
    }
    String proof = credential.dpopProof();
    if (proof == null) {
      throw new RefusedTokenException("there is no proof of possession");
    }
    proofs.check(proof, key, credential, now);
  }
}
