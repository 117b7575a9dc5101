package dev.mcpguard.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy}: the policy author's verbs. None needs a running guard or an OPA. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks, tests, asks, explains, measures and bundles policies.",
    subcommands = {
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyEvalCommand.class,
      PolicyExplainCommand.class,
      PolicyCasesCommand.class,
      PolicyBenchCommand.class,
      PolicyFmtCheckCommand.class,
      PolicyBundleCommand.class,
    })
final class PolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a verb");
  }
}
