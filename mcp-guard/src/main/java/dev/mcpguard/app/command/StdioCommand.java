package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.log.OperationalLog;
import dev.mcpguard.app.wiring.GuardStdio;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard stdio}: the same gate for one local client. */
@Command(
    name = "stdio",
    mixinStandardHelpOptions = true,
    description = {
      "Serves one local MCP client over standard input and output.",
      "The token comes from --token-file (read again when it changes) or MCP_GUARD_TOKEN."
    })
final class StdioCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--token-file", paramLabel = "FILE", description = "file with the access token")
  private @Nullable Path tokenFile;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "serve this server alone, without renaming (default: all servers)")
  private @Nullable String server;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "name of this process's log below the audit folder (default: stdio-<pid>)")
  private @Nullable String instance;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (tokenFile == null && System.getenv("MCP_GUARD_TOKEN") == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no token: give --token-file FILE or set MCP_GUARD_TOKEN");
    }
    String name = instance == null ? "stdio-" + ProcessHandle.current().pid() : instance;
    GuardConfiguration configuration = config.read();
    OperationalLog.apply(configuration.log());
    GuardStdio.run(
        configuration, new GuardStdio.Choice(server, tokenFile, name), InstantSource.system());
    return ExitCode.OK;
  }
}
