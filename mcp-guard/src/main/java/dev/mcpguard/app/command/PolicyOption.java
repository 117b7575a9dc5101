package dev.mcpguard.app.command;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.wiring.PolicyAtHand;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.bundle.BundleAtHand;
import dev.mcpguard.policy.bundle.BundleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which policy: {@code --policy}, {@code --bundle}, or what the configuration names. */
final class PolicyOption {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "mcp-guard.yaml",
      description = "configuration file that names the policy (default: ${DEFAULT-VALUE})")
  private Path config = Path.of("mcp-guard.yaml");

  @ArgGroup private @Nullable Given given;

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

  /** Named on the command line; then no configuration is read. */
  private static final class Given {
    @Option(
        names = {"-p", "--policy"},
        paramLabel = "DIR",
        description = "policy folder; then no configuration is read")
    private @Nullable Path folder;

    @Option(
        names = {"-b", "--bundle"},
        paramLabel = "FILE",
        description = "OPA bundle (.tar.gz); then no configuration is read")
    private @Nullable Path bundle;
  }

  PolicyFiles read() throws ConfigException {
    Path bundle = given == null ? null : given.bundle;
    if (bundle != null) {
      return new BundleAtHand(
              BundleSettings.atHand(bundle, verification()), PATIENCE, InstantSource.system())
          .files();
    }
    if (key != null || scope != null) {
      throw new ConfigException(
          List.of(
              new Finding(
                  key == null ? "--scope" : "--verification-key", 0, "",
                  "verifies nothing without `--bundle`",
                  "name a bundle, or its keys in the configuration")));
    }
    Path folder = given == null ? null : given.folder;
    return folder != null
        ? PolicyFiles.read(folder)
        : PolicyAtHand.of(ConfigurationReader.read(config).policy()).files();
  }

  private BundleSettings.@Nullable Verification verification() {
    // A scope alone is a signing setting too: it must not pass an unsigned bundle.
    return key == null && scope == null
        ? null
        : new BundleSettings.Verification(
            key == null
                ? Map.of()
                : Map.of(keyId, new BundleSettings.KeyFile(algorithm, key)),
            null, scope, null, null);
  }
}
