package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.Classifying;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry classify}: what the guard would hold tools for. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a JSON array of tools from standard input and suggests a class for each, with reasons.",
      "A tool is {server?, name, description?, inputSchema?, annotations?}."
    })
final class RegistryClassifyCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 64 << 20;
  private static final JsonLimits LIMITS =
      JsonLimits.message().withBytes(MOST_BYTES).withMembers(5_000_000);

  @Option(names = "--json", description = "write a JSON array in the same order")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonArray suggestions = Classifying.all(tools());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(suggestions));
    } else {
      for (JsonValue suggestion : suggestions.values()) {
        out.println(Classifying.line((JsonObject) suggestion));
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private JsonArray tools() throws IOException {
    try {
      byte[] bytes = System.in.readNBytes(MOST_BYTES + 1);
      if (StrictJson.parse(bytes, LIMITS) instanceof JsonArray tools) {
        return tools;
      }
      throw new CommandLine.ParameterException(spec.commandLine(), "the input is no JSON array");
    } catch (MalformedJsonException notJson) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "the input is not JSON: " + notJson.getMessage());
    }
  }
}
