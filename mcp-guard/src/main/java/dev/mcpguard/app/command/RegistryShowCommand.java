package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.RegistryTable;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.registry.DefinitionStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry show}: all that is declared about a server or a tool. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows all that is declared about a server or one of its tools; asks nobody.")
final class RegistryShowCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();

  @Parameters(index = "0", paramLabel = "SERVER", description = "the server")
  private String server = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "TOOL", description = "one of its tools")
  private @Nullable String tool;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonObject found = found();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(found));
    } else {
      print(out, found, "");
    }
    out.flush();
    return ExitCode.OK;
  }

  private JsonObject found() throws Exception {
    JsonObject shown =
        new RegistryTable(registry.snapshot(), DefinitionStore.beside(registry.folder()))
            .of(server, tool);
    if (shown == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "not declared: `" + server + (tool == null ? "" : "/" + tool) + "`");
    }
    return shown;
  }

  private static void print(PrintWriter out, JsonObject object, String indent) {
    object
        .members()
        .forEach(
            (name, value) -> {
              switch (value) {
                case JsonArray array when array.values().stream().allMatch(JsonObject.class::isInstance)
                    && !array.values().isEmpty() -> {
                  out.println(indent + name + ":");
                  for (JsonValue each : array.values()) {
                    print(out, (JsonObject) each, indent + "  ");
                    out.println();
                  }
                }
                case JsonString string ->
                    out.println(indent + name + ": " + VisibleText.of(string.value()));
                default -> out.println(indent + name + ": " + VisibleText.of(JsonText.text(value)));
              }
            });
  }
}
