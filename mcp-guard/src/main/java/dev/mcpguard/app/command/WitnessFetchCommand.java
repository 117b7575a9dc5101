package dev.mcpguard.app.command;

import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.app.wiring.WitnessLink;
import dev.mcpguard.model.WitnessEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit witness fetch}: what the witness remembers, for {@code audit verify}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the newest checkpoint a witness cosigned to a file, for `audit verify --witness FILE`.",
      "Only mcp-guard's own witness can be asked; with another one use `submit`."
    })
final class WitnessFetchCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private WitnessOption option = new WitnessOption();

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      defaultValue = "mcp-guard/guard",
      description = "name of the log, `mcp-guard/<instance>` (default: ${DEFAULT-VALUE})")
  private String origin = "mcp-guard/guard";

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "where it is written")
  private Path to = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    WitnessConfiguration witness = option.witness(log, spec.commandLine());
    try (WitnessEndpoint endpoint = WitnessLink.of(witness)) {
      @Nullable String note = endpoint.newest(origin);
      if (note == null) {
        throw new IOException("the witness remembers no checkpoint of `" + origin + "`");
      }
      if (witness.key().open(note) == null) {
        throw new IOException(
            "what the witness sent bears no valid cosignature of " + witness.key().name());
      }
      OutputFile.write(to, note.getBytes(StandardCharsets.UTF_8));
      spec.commandLine().getOut().println("wrote " + to);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }
}
