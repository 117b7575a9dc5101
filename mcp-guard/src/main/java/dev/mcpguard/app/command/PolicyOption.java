package dev.mcpguard.app.command;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.wiring.PolicyAtHand;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.bundle.BundleAtHand;
import dev.mcpguard.policy.bundle.BundleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
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

  @Mixin private VerificationOption verification = new VerificationOption();

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
              BundleSettings.atHand(bundle, verification.read()), PATIENCE, InstantSource.system())
          .files();
    }
    verification.refuseWithoutBundle();
    Path folder = given == null ? null : given.folder;
    return folder != null
        ? PolicyFiles.read(folder)
        : PolicyAtHand.of(ConfigurationReader.read(config).policy()).files();
  }
}
