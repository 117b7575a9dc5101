package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.Lint;
import dev.mcpguard.app.registry.LintNote;
import dev.mcpguard.app.registry.LiveListing;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.ServerManifest;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard registry lint}. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = {
      "Says what is wrong or worth a look in the manifests, by file and line.",
      "Without --live it judges the approved texts kept beside the manifests and asks nobody."
    })
final class RegistryLintCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(names = "--live", description = "ask every server for its tools")
  private boolean live;

  @Option(names = "--strict", description = "information counts too")
  private boolean strict;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    boolean unlisted = false;
    Map<String, LiveCatalogue> catalogues = new HashMap<>();
    PrintWriter out = spec.commandLine().getOut();
    for (ServerManifest manifest :
        live ? List.copyOf(registry.snapshot().manifests()) : List.<ServerManifest>of()) {
      try {
        catalogues.put(
            manifest.server().text(), LiveListing.of(manifest, Duration.ofSeconds(30)));
      } catch (LiveListing.UnlistedServerException away) {
        unlisted = true;
        spec.commandLine().getErr().println(away.getMessage());
      }
    }
    List<LintNote> notes =
        Lint.of(registry.folder(), LocalDate.now(ZoneOffset.UTC), catalogues);
    if (json) {
      List<JsonValue> documents = new ArrayList<>();
      notes.forEach(note -> documents.add(note.json()));
      out.println(JsonText.text(new JsonArray(documents)));
    } else {
      notes.forEach(note -> out.println(note.line()));
      out.println(notes.isEmpty() ? "nothing found" : notes.size() + " findings");
    }
    out.flush();
    LintNote.Weight least = strict ? LintNote.Weight.INFO : LintNote.Weight.WARNING;
    boolean found = notes.stream().anyMatch(note -> note.weight().compareTo(least) >= 0);
    return unlisted ? ExitCode.UNAVAILABLE : found ? ExitCode.FOUND : ExitCode.OK;
  }
}
