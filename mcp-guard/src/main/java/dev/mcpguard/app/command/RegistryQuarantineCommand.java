package dev.mcpguard.app.command;

import dev.mcpguard.registry.Suspension;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry quarantine}. */
@Command(name = "quarantine", mixinStandardHelpOptions = true, description = "Takes tools out of service until they are approved again, and records it.")
final class RegistryQuarantineCommand implements Callable<Integer> {
  @Mixin private StopRun run = new StopRun();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return run.run(Suspension.QUARANTINED, spec);
  }
}
