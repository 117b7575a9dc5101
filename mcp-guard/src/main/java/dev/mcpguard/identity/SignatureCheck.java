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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.Set;

/**
 * Verifies a compact JWS with one key, the algorithm pinned to both the issuer and the key. RSA and
 * ECDSA by Nimbus, Ed25519 by the JDK. Stateless.
 */
final class SignatureCheck {
  private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

  private SignatureCheck() {}

  static void verify(CompactToken token, JWK key, Set<String> pinned) throws RefusedTokenException {
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

  private static boolean nimbus(CompactToken token, JWSVerifier verifier)
      throws ParseException, JOSEException {
    return JWSObject.parse(token.text()).verify(verifier);
  }

  private static boolean ed25519(CompactToken token, OctetKeyPair key)
      throws GeneralSecurityException {
    int dot = token.text().lastIndexOf('.');
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(publicKey(key.getDecodedX()));
    signature.update(token.text().substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = java.util.Base64.getUrlDecoder().decode(token.text().substring(dot + 1));
    return bytes.length == 64 && signature.verify(bytes);
  }

  /** RFC 8032 5.1.2: little-endian y, the top bit is the parity of x. */
  private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
    if (encoded.length != 32) {
      throw new GeneralSecurityException("an Ed25519 key has 32 bytes");
    }
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = encoded[31 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
