package dev.mcpguard.app.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.json.YamlDocument;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolDeclaration;
import dev.mcpguard.registry.ToolOffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, or worth a look, in a folder of manifests that loads: by file and line. Offline it
 * reads the approved texts kept beside the manifests; with live listings it reads those too.
 * Confined to one thread.
 */
public final class Lint {
  private final RegistrySnapshot snapshot;
  private final DefinitionStore store;
  private final Path folder;
  private final LocalDate today;
  private final Map<String, LiveCatalogue> live;
  private final List<LintNote> notes = new ArrayList<>();
  private final ToolLint tools;

  private Lint(Path folder, LocalDate today, Map<String, LiveCatalogue> live)
      throws ConfigException {
    this.folder = folder;
    this.today = today;
    this.live = live;
    this.snapshot = RegistryLoader.load(folder);
    this.store = DefinitionStore.beside(folder);
    this.tools = new ToolLint(snapshot, notes);
  }

  /** Everything found, by file and line; throws when the folder does not load at all. */
  public static List<LintNote> of(Path folder, LocalDate today, Map<String, LiveCatalogue> live)
      throws ConfigException {
    Lint lint = new Lint(folder, today, live);
    for (ServerManifest manifest : lint.snapshot.manifests()) {
      lint.server(manifest);
    }
    NameLint.check(lint.snapshot, lint.notes);
    lint.notes.sort(
        Comparator.comparing((LintNote note) -> note.finding().file())
            .thenComparing(note -> note.finding().line()));
    return List.copyOf(lint.notes);
  }

  private void server(ServerManifest manifest) throws ConfigException {
    String file = manifest.server().text() + ".yaml";
    YamlDocument document = StrictYaml.parse(folder.resolve(file), file);
    DateLint.check(manifest, document, today, notes);
    LiveCatalogue catalogue = live.get(manifest.server().text());
    for (ToolDeclaration tool : manifest.tools().values()) {
      tool(manifest, document, tool, catalogue);
    }
    if (catalogue != null) {
      undeclared(manifest, document, catalogue);
    }
  }

  private void tool(
      ServerManifest manifest,
      YamlDocument document,
      ToolDeclaration tool,
      @Nullable LiveCatalogue catalogue) {
    String name = tool.name().text();
    ToolLint.Place place = new ToolLint.Place(manifest, document, tool);
    Digest digest = tool.digest();
    JsonObject offered = catalogue == null ? null : LiveListing.only(catalogue, name);
    JsonObject approved = digest == null ? null : store.find(digest);
    tools.standing(place);
    JsonObject known = offered == null ? approved : offered;
    if (known == null) {
      if (digest != null) {
        tools.textNotKept(place);
      }
      tools.byNameAlone(place);
    } else {
      tools.definition(place, known);
    }
    if (catalogue != null
        && catalogue.find(name) instanceof ToolOffer.Withheld offer
        && tool.standing().suspension() == null) {
      tools.withheld(place, offer);
    }
  }

  private void undeclared(
      ServerManifest manifest, YamlDocument document, LiveCatalogue catalogue) {
    for (ToolOffer.Withheld offer : catalogue.withheld()) {
      if (!manifest.tools().containsKey(offer.name())) {
        Finding finding =
            new Finding(
                document.file(), document.line("/tools"), "tools",
                "the server lists `" + VisibleText.cut(offer.name(), 128) + "`, which is not declared",
                "approve it by name to declare it, or leave it: it is not served");
        notes.add(new LintNote(LintNote.Weight.INFO, "undeclared", finding));
      }
    }
  }
}
