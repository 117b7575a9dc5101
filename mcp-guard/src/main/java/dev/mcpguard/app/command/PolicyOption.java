package dev.mcpguard.app.command;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.PolicyFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which policy folder: {@code --policy}, or the one the configuration names. */
final class PolicyOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "mcp-guard.yaml",
      description = "configuration file that names the policy folder (default: ${DEFAULT-VALUE})")
  private Path config = Path.of("mcp-guard.yaml");

  @Option(
      names = {"-p", "--policy"},
      paramLabel = "DIR",
      description = "policy folder; then no configuration is read")
  private @Nullable Path folder;

  PolicyFiles read() throws ConfigException {
    return PolicyFiles.read(
        folder != null ? folder : ConfigurationReader.read(config).policy().folder());
  }
}
