package dev.mcpguard.samples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.ServerManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The digests pinned in the quickstart's manifests are those of the sample servers. After a wanted
 * change of a tool, {@code -Dsamples.pin=true} writes the new ones; look at the diff before
 * committing.
 */
class ManifestDriftTest {
  @TempDir Path folder;

  @Test
  void notesServerOffersWhatItsManifestPins() throws Exception {
    try (SampleProcess notes = SampleProcess.notes(folder.resolve("notes"))) {
      comparePinned("notes", RawListing.of(notes));
      assertEquals(0, notes.end());
    }
  }

  @Test
  void ticketDeskOffersWhatItsManifestPins() throws Exception {
    try (SampleProcess desk = SampleProcess.desk(folder.resolve("tickets"))) {
      comparePinned("tickets", RawListing.of(desk.url()));
    }
  }

  private void comparePinned(String server, List<JsonObject> tools) throws Exception {
    Map<String, String> live = new TreeMap<>();
    for (JsonObject tool : tools) {
      live.put(String.valueOf(tool.string("name")), DefinitionDigest.of(tool).text());
    }
    if (Boolean.getBoolean("samples.pin")) {
      QuickstartManifests.pin(server, live);
    }
    assertEquals(
        live, pinned(server), "the digests expected here belong into the manifest of " + server);
  }

  private Map<String, String> pinned(String server) throws Exception {
    ServerManifest manifest = QuickstartManifests.load(folder).manifest(server);
    assertNotNull(manifest);
    Map<String, String> pinned = new TreeMap<>();
    manifest.tools().forEach((name, tool) -> pinned.put(name, String.valueOf(tool.digest())));
    return pinned;
  }
}
