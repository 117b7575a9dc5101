package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.LiveDifference;
import dev.mcpguard.app.registry.LiveListing;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry diff}: what servers offer now against what was approved. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows how live tools differ from the approved ones, word by word.")
final class RegistryDiffCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();

  @Parameters(arity = "0..1", paramLabel = "SERVER", description = "the server (default: all)")
  private @Nullable String server;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "ISO 8601 (default: PT60S)")
  private Duration timeout = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean colour = !json && CommandLine.Help.Ansi.AUTO.enabled();
    DefinitionStore store = DefinitionStore.beside(registry.folder());
    boolean unlisted = false;
    List<JsonValue> documents = new ArrayList<>();
    for (ServerManifest manifest : manifests(registry.snapshot())) {
      try {
        LiveCatalogue live = LiveListing.of(manifest, timeout);
        for (LiveDifference difference : LiveDifference.of(live, store, colour)) {
          documents.add(difference.json());
          if (!json) {
            difference.lines().forEach(out::println);
          }
        }
      } catch (LiveListing.UnlistedServerException away) {
        unlisted = true;
        spec.commandLine().getErr().println(away.getMessage());
      }
    }
    if (json) {
      out.println(JsonText.text(new JsonArray(documents)));
    } else if (documents.isEmpty() && !unlisted) {
      out.println("no difference");
    }
    out.flush();
    return unlisted ? ExitCode.UNAVAILABLE : documents.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }

  private List<ServerManifest> manifests(RegistrySnapshot snapshot) {
    if (server == null) {
      return List.copyOf(snapshot.manifests());
    }
    ServerManifest manifest = snapshot.manifest(server);
    if (manifest == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no manifest of a server `" + server + "`");
    }
    return List.of(manifest);
  }
}
