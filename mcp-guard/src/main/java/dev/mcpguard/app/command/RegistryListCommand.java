package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.RegistryTable;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry list}: every declared tool on a line. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists every declared tool with class, data and standing; asks nobody.")
final class RegistryListCommand implements Callable<Integer> {
  private static final String ROW = "%-44s %-6s %-12s %-9s %-11s %s%n";

  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    RegistrySnapshot snapshot = registry.snapshot();
    if (json) {
      out.println(
          JsonText.text(
              new RegistryTable(snapshot, DefinitionStore.beside(registry.folder())).json(null)));
    } else {
      out.printf(ROW, "TOOL", "CLASS", "SENSITIVITY", "GOES TO", "STANDING", "EFFECTS");
      for (ServerManifest manifest : snapshot.manifests()) {
        for (String name : manifest.tools().keySet()) {
          RegisteredTool tool = snapshot.find(manifest.server().text(), name);
          if (tool != null) {
            row(out, tool);
          }
        }
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void row(PrintWriter out, RegisteredTool tool) {
    out.printf(
        ROW, tool.id(), tool.riskClass().text(), tool.sensitivity().text(),
        tool.destination().text(), tool.status().text(),
        tool.effects().stream().sorted().map(Effect::text).collect(Collectors.joining(", ")));
  }
}
