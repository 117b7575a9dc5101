package dev.mcpguard.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit witness}: the second place that remembers checkpoints. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description = "Has checkpoints cosigned, fetches what a witness remembers, or is a witness.",
    subcommands = {
      WitnessSubmitCommand.class,
      WitnessFetchCommand.class,
      WitnessServeCommand.class,
    })
final class AuditWitnessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a verb");
  }
}
