package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.log.OperationalLog;
import dev.mcpguard.app.wiring.GuardServer;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard serve}: the guard as an HTTP endpoint. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves MCP clients over HTTP until it is stopped.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    GuardConfiguration configuration = config.read();
    OperationalLog.apply(configuration.log());
    GuardServer server = GuardServer.start(configuration, InstantSource.system());
    Runtime.getRuntime().addShutdownHook(new Thread(server::drain, "shutdown"));
    spec.commandLine().getOut().println("mcp-guard serves " + server.url() + "/mcp");
    spec.commandLine().getOut().flush();
    server.awaitEnd();
    return ExitCode.OK;
  }
}
