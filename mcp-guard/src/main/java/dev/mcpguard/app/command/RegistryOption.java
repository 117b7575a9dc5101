package dev.mcpguard.app.command;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.registry.ApprovalRecorder;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which registry, and where approvals are recorded; the same for every registry verb. */
final class RegistryOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "mcp-guard.yaml",
      description = "configuration file that names registry and log (default: ${DEFAULT-VALUE})")
  private Path config = Path.of("mcp-guard.yaml");

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      description = "folder of manifests (default: the one the configuration names)")
  private @Nullable Path registry;

  @Option(
      names = "--audit",
      paramLabel = "DIR",
      description = "audit folder (default: the one the configuration names)")
  private @Nullable Path audit;

  /** The folder of manifests. */
  Path folder() throws ConfigException {
    return registry != null ? registry : configuration().servers();
  }

  RegistrySnapshot snapshot() throws ConfigException {
    return RegistryLoader.load(folder());
  }

  GuardConfiguration configuration() throws ConfigException {
    return ConfigurationReader.read(config);
  }

  /** Where decisions of people about tools are recorded. */
  ApprovalRecorder recorder() throws ConfigException {
    CallLogSettings settings =
        audit == null
            ? configuration().audit()
            : CallLogSettings.of(audit, ApprovalRecorder.INSTANCE);
    return ApprovalRecorder.ofCommands(settings, InstantSource.system());
  }
}
