package dev.mcpguard.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.util.Set;

/**
 * Verifies a compact JWS with one key, the algorithm pinned to both the issuer and the key (threats
 * A2, A3). RSA and ECDSA by Nimbus, Ed25519 by the JDK. Stateless.
 */
final class SignatureCheck {
  private static final Set<String> RSA =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

  private SignatureCheck() {}

  static void verify(CompactJws token, JWK key, Set<String> pinned) throws RefusedTokenException {
    String algorithm = token.algorithm();
    if (!pinned.contains(algorithm)) {
      throw new RefusedTokenException("the algorithm is not pinned for this issuer");
    }
    if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm)) {
      throw new RefusedTokenException("the key is for another algorithm");
    }
    boolean genuine;
    try {
      genuine =
          switch (key) {
            case RSAKey rsa when RSA.contains(algorithm) -> nimbus(token, new RSASSAVerifier(rsa));
            case ECKey ec when algorithm.startsWith("ES") -> nimbus(token, new ECDSAVerifier(ec));
            case OctetKeyPair okp when algorithm.equals("EdDSA") -> ed25519(token, okp);
            default -> false;
          };
    } catch (JOSEException | ParseException | GeneralSecurityException failed) {
      throw new RefusedTokenException("the signature cannot be verified");
    }
    if (!genuine) {
      throw new RefusedTokenException("the signature is wrong");
    }
  }

  private static boolean nimbus(CompactJws token, JWSVerifier verifier)
      throws ParseException, JOSEException {
    return JWSObject.parse(token.text()).verify(verifier);
  }

  private static boolean ed25519(CompactJws token, OctetKeyPair key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(Ed25519Key.of(key));
    signature.update(token.signingInput());
    byte[] bytes = token.signature();
    return bytes.length == 64 && signature.verify(bytes);
  }
}
