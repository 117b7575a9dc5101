package dev.mcpguard.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry}: the tool authors' and approvers' verbs. */
@Command(
    name = "registry",
    mixinStandardHelpOptions = true,
    description = "Drafts, checks, compares and approves the manifests of tool servers.",
    subcommands = {
      RegistryInspectCommand.class,
      RegistryLintCommand.class,
      RegistryListCommand.class,
      RegistryShowCommand.class,
      RegistryDiffCommand.class,
      RegistryPinCommand.class,
      RegistryApproveCommand.class,
      RegistryQuarantineCommand.class,
      RegistryRetireCommand.class,
      RegistryClassifyCommand.class,
      RegistryExportCommand.class,
    })
final class RegistryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a verb");
  }
}
