package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard}: the verbs. */
@Command(
    name = "mcp-guard",
    mixinStandardHelpOptions = true,
    versionProvider = GuardCommand.Version.class,
    description = "Decides about every call an AI agent makes to a tool, and records it.",
    subcommands = {
      ServeCommand.class,
      StdioCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      TokenCommand.class,
      AuditCommand.class,
      PolicyCommand.class,
      RegistryCommand.class,
      AccessCommand.class,
      InitCommand.class,
      PrepareCommand.class,
    })
public final class GuardCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a verb");
  }

  /** The version for {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mcp-guard " + GuardVersion.text()};
    }
  }
}
