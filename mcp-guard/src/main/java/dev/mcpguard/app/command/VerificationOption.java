package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.policy.bundle.BundleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a bundle named on the command line must be signed with. */
final class VerificationOption {
  @Option(
      names = "--verification-key",
      paramLabel = "FILE",
      description = "public key (PEM) the bundle must be signed with")
  private @Nullable Path key;

  @Option(
      names = "--verification-key-id",
      paramLabel = "ID",
      defaultValue = "default",
      description = "id of that key in the signature (default: ${DEFAULT-VALUE})")
  private String keyId = "default";

  @Option(
      names = "--verification-alg",
      paramLabel = "ALG",
      defaultValue = "ES256",
      description = "algorithm of that key (default: ${DEFAULT-VALUE})")
  private String algorithm = "ES256";

  @Option(names = "--scope", paramLabel = "TEXT", description = "scope the signature must be for")
  private @Nullable String scope;

  BundleSettings.@Nullable Verification read() {
    // A scope alone is a signing setting too: it must not pass an unsigned bundle.
    return key == null && scope == null
        ? null
        : new BundleSettings.Verification(
            key == null
                ? Map.of()
                : Map.of(keyId, new BundleSettings.KeyFile(algorithm, key)),
            null, scope, null, null);
  }

  /** A key beside what is no bundle would promise a check that nobody makes. */
  void refuseWithoutBundle() throws ConfigException {
    if (key != null || scope != null) {
      throw new ConfigException(
          List.of(
              new Finding(
                  key == null ? "--scope" : "--verification-key", 0, "",
                  "verifies nothing where no bundle is read",
                  "name a bundle (`--bundle FILE`; of `audit replay` `--policy FILE`), or its keys in the "
                      + "configuration")));
    }
  }
}
