package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.builtins.BuiltinError;
import dev.mcpguard.rego.builtins.Jws;
import dev.mcpguard.rego.builtins.PemKeys;
import java.security.PrivateKey;

/**
 * A private key and the name verifiers know it by. Immutable; its text shows nothing of the key.
 *
 * @param keyId stands in the signature, so that a verifier with several keys finds the one
 */
public record SigningKey(String keyId, SignatureAlgorithm algorithm, PrivateKey key) {
  /**
   * Refuses a key that does not fit.
   *
   * @throws IllegalArgumentException saying what the algorithm takes
   */
  public SigningKey {
    if (keyId.isEmpty()) {
      throw new IllegalArgumentException("a signing key needs an id");
    }
    algorithm.check(key);
  }

  /**
   * From PEM text of PKCS #8, not encrypted.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static SigningKey ofPem(String keyId, SignatureAlgorithm algorithm, String pem) {
    try {
      return new SigningKey(keyId, algorithm, PemKeys.privateKey(pem));
    } catch (BuiltinError malformed) {
      throw new IllegalArgumentException(malformed.text(), malformed);
    }
  }

  byte[] sign(byte[] text) {
    return Jws.sign(algorithm.text(), key, text);
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyId + ", " + algorithm.text() + "]";
  }
}
