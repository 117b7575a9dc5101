package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.ManifestFile;
import dev.mcpguard.app.registry.Stop;
import dev.mcpguard.registry.Suspension;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What quarantining and retiring share. */
final class StopRun {
  @Mixin private RegistryOption registry = new RegistryOption();

  @Parameters(index = "0", paramLabel = "SERVER", description = "the server")
  private String server = "";

  @Parameters(index = "1..*", paramLabel = "TOOL", description = "tools (default: every tool)")
  private List<String> tools = new ArrayList<>();

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "who decides")
  private String by = "";

  @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "why")
  private String reason = "";

  int run(Suspension suspension, CommandSpec spec) throws Exception {
    ManifestFile file = ManifestFile.read(registry.folder(), server);
    Stop stop = new Stop(suspension, tools, by, reason);
    for (String tool : tools) {
      if (!file.manifest().tools().containsKey(tool)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "`" + server + "/" + tool + "` is not declared");
      }
    }
    int stopped = stop.apply(file, registry.recorder());
    spec.commandLine().getOut().println(stopped + " " + Stop.word(suspension) + " and recorded");
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
