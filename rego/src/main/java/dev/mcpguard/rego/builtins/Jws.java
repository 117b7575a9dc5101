package dev.mcpguard.rego.builtins;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Set;

/** Signatures of JSON Web Algorithms (RFC 7518, RFC 8037) by the JDK. */
public final class Jws {
  private static final Set<String> KNOWN =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256",
          "HS384", "HS512", "EdDSA");

  private Jws() {}

  static boolean isKnown(String algorithm) {
    return KNOWN.contains(algorithm);
  }

  /** False if the signature does not fit, or the key is of another kind than the algorithm. */
  public static boolean verify(String algorithm, Object key, byte[] text, byte[] signature) {
    if (!isKnown(algorithm)) {
      return false;
    }
    if (algorithm.startsWith("HS")) {
      return key instanceof byte[] secret
          && MessageDigest.isEqual(hmac(algorithm, secret, text), signature);
    }
    if (!(key instanceof PublicKey publicKey) || !fits(algorithm, publicKey)) {
      return false;
    }
    if (!algorithm.startsWith("PS")) {
      return verify(signature(algorithm, 0), publicKey, text, signature);
    }
    int hash = Integer.parseInt(algorithm.substring(2)) / 8;
    int longest = (((RSAKey) publicKey).getModulus().bitLength() + 6) / 8 - hash - 2;
    return verify(signature(algorithm, hash), publicKey, text, signature)
        || longest > 0 && verify(signature(algorithm, longest), publicKey, text, signature);
  }

  private static boolean verify(Signature verifier, PublicKey key, byte[] text, byte[] signature) {
    try {
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean fits(String algorithm, Object key) {
    return switch (algorithm.charAt(0)) {
      case 'R', 'P' -> key instanceof RSAKey;
      default -> algorithm.startsWith("ES") ? key instanceof ECKey : key instanceof EdECKey;
    };
  }

  private static byte[] hmac(String algorithm, byte[] secret, byte[] text) {
    return HashBuiltins.hmac("HmacSHA" + algorithm.substring(2), secret, text);
  }

  /**
   * Signs.
   *
   * @throws BuiltinError if the key is of another kind than the algorithm takes
   */
  public static byte[] sign(String algorithm, Object key, byte[] text) {
    if (algorithm.startsWith("HS") && key instanceof byte[] secret) {
      return hmac(algorithm, secret, text);
    }
    if (!(key instanceof PrivateKey privateKey) || !fits(algorithm, key)) {
      throw BuiltinError.of("the key is of another kind than " + algorithm + " takes");
    }
    try {
      int salt = algorithm.startsWith("PS") ? Integer.parseInt(algorithm.substring(2)) / 8 : 0;
      Signature signer = signature(algorithm, salt);
      signer.initSign(privateKey);
      signer.update(text);
      return signer.sign();
    } catch (InvalidKeyException e) {
      throw BuiltinError.of("the key cannot sign by " + algorithm);
    } catch (GeneralSecurityException e) {
      throw BuiltinError.of("signing by " + algorithm + " failed");
    }
  }

  private static Signature signature(String algorithm, int salt) {
    String size = algorithm.substring(2);
    try {
      return switch (algorithm.substring(0, 2)) {
        case "RS" -> Signature.getInstance("SHA" + size + "withRSA");
        case "ES" ->
            Signature.getInstance(
                "SHA" + size + "withECDSAinP1363Format");
        case "PS" -> pss("SHA-" + size, salt);
        default -> Signature.getInstance("Ed25519");
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the jdk has no signature for " + algorithm, e);
    }
  }

  private static Signature pss(String hash, int salt) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), salt, PSSParameterSpec.TRAILER_FIELD_BC));
    return signature;
  }
}
