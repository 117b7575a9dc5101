package dev.mcpguard.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit}: the auditor's verbs. None needs a running guard. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Reads, proves and replays the call log.",
    subcommands = {
      AuditListCommand.class,
      AuditShowCommand.class,
      AuditTailCommand.class,
      AuditStatsCommand.class,
      AuditChainCommand.class,
      AuditVerifyCommand.class,
      AuditProveCommand.class,
      AuditKeyCommand.class,
      AuditEraseCommand.class,
      AuditReplayCommand.class,
      AuditExportCommand.class,
      AuditWitnessCommand.class,
    })
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a verb");
  }
}
