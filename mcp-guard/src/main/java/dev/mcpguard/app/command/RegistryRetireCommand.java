package dev.mcpguard.app.command;

import dev.mcpguard.registry.Suspension;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry retire}. */
@Command(name = "retire", mixinStandardHelpOptions = true, description = "Takes tools out of service for good, and records it.")
final class RegistryRetireCommand implements Callable<Integer> {
  @Mixin private StopRun run = new StopRun();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return run.run(Suspension.RETIRED, spec);
  }
}
