package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** From an Ed25519 JWK (RFC 8037) to the JDK's key. */
final class Ed25519Key {
  private static final int LENGTH = 32;

  private Ed25519Key() {}

  /** RFC 8032 5.1.2: little-endian y, the top bit is the parity of x. */
  static PublicKey of(OctetKeyPair key) throws GeneralSecurityException {
    byte[] encoded = key.getDecodedX();
    if (encoded.length != LENGTH) {
      throw new GeneralSecurityException("an Ed25519 key has 32 bytes");
    }
    byte[] bigEndian = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bigEndian[i] = encoded[LENGTH - 1 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
