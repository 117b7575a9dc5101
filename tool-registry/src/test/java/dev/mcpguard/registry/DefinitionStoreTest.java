package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefinitionStoreTest {
  private static final JsonObject TOOL =
      Manifests.json("{\"name\":\"read\",\"inputSchema\":{},\"x-unknown\":1.0}");

  @TempDir private Path folder;

  @Test
  void whatIsKeptIsFoundByItsDigest() throws Exception {
    DefinitionStore store = DefinitionStore.beside(folder);
    Digest digest = store.keep(TOOL);
    assertEquals(DefinitionDigest.of(TOOL), digest);
    assertEquals(TOOL, DefinitionStore.beside(folder).find(digest));
    assertNull(store.find(DefinitionDigest.of(TOOL.without("name"))));
  }

  @Test
  void editedFileIsAsGoodAsNone() throws Exception {
    DefinitionStore store = DefinitionStore.beside(folder);
    Digest digest = store.keep(TOOL);
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder.resolve(DefinitionStore.FOLDER))) {
      files = listed.toList();
    }
    assertEquals(1, files.size());
    Files.writeString(files.getFirst(), Files.readString(files.getFirst()).replace("read", "rm"));
    assertNull(store.find(digest));
  }

  @Test
  void loaderTakesNoNoticeOfIt() throws Exception {
    DefinitionStore.beside(folder).keep(TOOL);
    assertEquals(0, RegistryLoader.load(folder).manifests().size());
  }
}
