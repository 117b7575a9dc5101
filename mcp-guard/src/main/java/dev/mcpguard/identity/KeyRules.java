package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Set;

/** What a verification key must be (threat A13). Stateless. */
final class KeyRules {
  private static final int SMALLEST_RSA = 2048;
  private static final int LARGEST_RSA = 8192;
  private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521");

  private KeyRules() {}

  /** Refuses a key that must not be in a public place, or that is weak, whatever its use. */
  static void check(JWK key) throws RefusedTokenException {
    if (!(key instanceof AsymmetricJWK) || key.isPrivate()) {
      throw new RefusedTokenException("a key is not public and asymmetric");
    }
    boolean sound =
        switch (key) {
          case RSAKey rsa -> soundRsa(rsa);
          case OctetKeyPair okp -> !okp.getCurve().getName().equals("Ed25519") || onCurve(okp);
          default -> true;
        };
    if (!sound) {
      throw new RefusedTokenException("a key is weak");
    }
  }

  /**
   * Whether the key may verify signatures of this profile: its kind is known, and none of {@code
   * use}, {@code key_ops} and {@code alg} says that it is for something else.
   */
  static boolean verifies(JWK key, IssuerSettings.Profile profile) {
    boolean kind =
        switch (key) {
          case RSAKey rsa -> true;
          case ECKey ec -> CURVES.contains(ec.getCurve().getName());
          case OctetKeyPair okp -> okp.getCurve().getName().equals("Ed25519");
          default -> false;
        };
    boolean operation =
        key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    boolean algorithm =
        key.getAlgorithm() == null
            || IssuerSettings.ASYMMETRIC.contains(key.getAlgorithm().getName());
    return kind && operation && algorithm && use(key, profile);
  }

  private static boolean use(JWK key, IssuerSettings.Profile profile) {
    String use = key.getKeyUse() == null ? "" : key.getKeyUse().identifier();
    return switch (profile) {
      case ACCESS_TOKEN -> use.isEmpty() || use.equals("sig");
      case JWT_SVID -> use.equals("jwt-svid");
    };
  }

  private static boolean soundRsa(RSAKey key) {
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    BigInteger modulus = key.getModulus().decodeToBigInteger();
    return modulus.bitLength() >= SMALLEST_RSA
        && modulus.bitLength() <= LARGEST_RSA
        && modulus.testBit(0)
        && exponent.testBit(0)
        && exponent.bitLength() > 1
        && exponent.bitLength() <= 64
        && !RocaKey.weak(key);
  }

  private static boolean onCurve(OctetKeyPair key) {
    try {
      Ed25519Key.of(key);
      return true;
    } catch (GeneralSecurityException odd) {
      return false;
    }
  }
}
