package dev.mcpguard.app.command;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.json.ConfigException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}, the same for every verb. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "mcp-guard.yaml",
      description = "configuration file (default: ${DEFAULT-VALUE})")
  private Path file = Path.of("mcp-guard.yaml");

  GuardConfiguration read() throws ConfigException {
    return ConfigurationReader.read(file);
  }
}
