package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.ClientServers;
import dev.mcpguard.app.registry.InspectTarget;
import dev.mcpguard.app.registry.LiveListing;
import dev.mcpguard.app.registry.ManifestDraft;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.registry.DefinitionStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard init}: manifests for the servers a client uses already. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Drafts a manifest for each server in the configuration of an MCP client (`mcpServers`).",
      "Secrets become references and are not copied. Nothing that is there already is overwritten."
    })
final class InitCommand implements Callable<Integer> {
  @Option(names = "--from", required = true, paramLabel = "FILE", description = "the client's file")
  private Path from = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "tool-registry/servers",
      description = "folder of manifests (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("tool-registry/servers");

  @Option(names = "--owner", paramLabel = "NAME", description = "who answers for them")
  private String owner = System.getProperty("user.name", "nobody");

  @Option(names = "--inspect", description = "start and ask each server, to draft its tools too")
  private boolean inspect;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<ClientServers.Entry> entries = entries();
    PrintWriter text = spec.commandLine().getOut();
    Files.createDirectories(out);
    for (ClientServers.Entry entry : entries) {
      text.println(entry.name() + ": " + outcome(entry));
      entry.remarks().forEach(remark -> text.println("  " + remark));
    }
    text.flush();
    return ExitCode.OK;
  }

  private List<ClientServers.Entry> entries() throws IOException {
    try {
      List<ClientServers.Entry> entries = ClientServers.of(Files.readAllBytes(from));
      if (entries != null) {
        return entries;
      }
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`" + from + "` has no `mcpServers`");
    } catch (MalformedJsonException notJson) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`" + from + "` is not JSON: " + notJson.getMessage());
    }
  }

  private String outcome(ClientServers.Entry entry) throws IOException {
    InspectTarget target = entry.target();
    Path file = out.resolve(entry.name() + ".yaml");
    if (target == null) {
      return "left out";
    }
    if (Files.exists(file)) {
      return "left alone, `" + file + "` is there already";
    }
    ManifestDraft.Head head =
        new ManifestDraft.Head(
            entry.name(), target.lines(), owner, owner, "to be written: what this server is for");
    List<JsonObject> tools = List.of();
    String problem = null;
    try {
      InspectTarget.manifest(head);
      tools = inspect ? tools(head) : tools;
    } catch (LiveListing.UnlistedServerException away) {
      problem = away.getMessage();
    } catch (ConfigException unusable) {
      return "left out: " + unusable.getMessage();
    }
    for (JsonObject tool : tools) {
      DefinitionStore.beside(out).keep(tool);
    }
    Files.writeString(file, ManifestDraft.of(head, tools));
    return "drafted in " + file + ", " + tools.size() + " tools" + note(problem);
  }

  private static String note(@Nullable String problem) {
    return problem == null ? "" : "; " + problem;
  }

  private static List<JsonObject> tools(ManifestDraft.Head head)
      throws ConfigException, LiveListing.UnlistedServerException {
    return LiveListing.of(InspectTarget.manifest(head), Duration.ofSeconds(60)).listing();
  }
}
