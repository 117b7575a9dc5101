package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.rego.bundle.SignatureAlgorithm;
import dev.mcpguard.rego.bundle.SignatureRule;
import dev.mcpguard.rego.bundle.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From settings to what the engine asks of a signature. Pure but for the key files. */
final class VerificationKeys {
  private static final int LARGEST = 64 << 10;

  private VerificationKeys() {}

  static SignatureRule rule(BundleSettings.@Nullable Verification verification)
      throws ConfigException {
    if (verification == null) {
      return new SignatureRule.Unsigned();
    }
    Map<String, VerifyingKey> keys = new HashMap<>();
    for (Map.Entry<String, BundleSettings.KeyFile> key : verification.keys().entrySet()) {
      keys.put(key.getKey(), key(key.getValue()));
    }
    try {
      return new SignatureRule.Demanded(
          keys, verification.keyId(), verification.scope(), verification.issuer(),
          verification.longestAge());
    } catch (IllegalArgumentException odd) {
      throw BundleLoader.refused("verification", String.valueOf(odd.getMessage()));
    }
  }

  private static VerifyingKey key(BundleSettings.KeyFile key) throws ConfigException {
    Path file = key.file();
    SignatureAlgorithm algorithm = SignatureAlgorithm.ofText(key.algorithm());
    if (algorithm == null) {
      throw BundleLoader.refused(
          file.toString(),
          key.algorithm().startsWith("HS")
              ? "`" + key.algorithm() + "` is a shared secret: who can verify a bundle with it could also sign one; use ES256 or RS256"
              : "`" + key.algorithm() + "` is no algorithm for bundles; use ES256, RS256, PS256 or EdDSA");
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw BundleLoader.refused(file.toString(), "is too large for a key");
      }
      return VerifyingKey.ofPem(algorithm, Files.readString(file));
    } catch (IOException unreadable) {
      throw BundleLoader.refused(file.toString(), "cannot be read: " + unreadable.getMessage());
    } catch (IllegalArgumentException unusable) {
      throw BundleLoader.refused(file.toString(), String.valueOf(unusable.getMessage()));
    }
  }
}
