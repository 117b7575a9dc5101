package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.RegistryTable;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.registry.DefinitionStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry export}: a catalogue for owners and auditors. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a catalogue of all servers and tools in Markdown, or in JSON.")
final class RegistryExportCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    RegistryTable table =
        new RegistryTable(registry.snapshot(), DefinitionStore.beside(registry.folder()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(table.json(null)));
    } else {
      out.print(table.markdown());
    }
    out.flush();
    return ExitCode.OK;
  }
}
