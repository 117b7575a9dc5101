package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.builtins.BuiltinError;
import dev.mcpguard.rego.builtins.Jws;
import dev.mcpguard.rego.builtins.PemKeys;
import java.security.PublicKey;

/** A public key pinned to the one algorithm it verifies. Immutable. */
public record VerifyingKey(SignatureAlgorithm algorithm, PublicKey key) {
  /**
   * Refuses a key that does not fit.
   *
   * @throws IllegalArgumentException saying what the algorithm takes
   */
  public VerifyingKey {
    algorithm.check(key);
  }

  /**
   * From PEM text: {@code PUBLIC KEY} or {@code CERTIFICATE}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static VerifyingKey ofPem(SignatureAlgorithm algorithm, String pem) {
    try {
      return new VerifyingKey(algorithm, PemKeys.publicKey(pem));
    } catch (BuiltinError malformed) {
      throw new IllegalArgumentException(malformed.text(), malformed);
    }
  }

  boolean verifies(byte[] text, byte[] signature) {
    return Jws.verify(algorithm.text(), key, text, signature);
  }
}
