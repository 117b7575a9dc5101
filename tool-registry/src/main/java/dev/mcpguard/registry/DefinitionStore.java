package dev.mcpguard.registry;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The text of pinned definitions, beside the manifests: {@code definitions/<64 digits>.json} each.
 * The guard does not serve from here; people compare from here, so that a change can be shown word
 * by word. Thread-safe; a file whose content is not what its name says is as good as none.
 */
public final class DefinitionStore {
  /** The name of the folder below the folder of manifests. */
  public static final String FOLDER = "definitions";

  private static final int PREFIX = "sha256:".length();

  private final Path folder;

  private DefinitionStore(Path folder) {
    this.folder = folder;
  }

  /** The store beside these manifests; the folder need not be there yet. */
  public static DefinitionStore beside(Path manifests) {
    return new DefinitionStore(manifests.resolve(FOLDER));
  }

  private Path file(Digest digest) {
    return folder.resolve(digest.text().substring(PREFIX) + ".json");
  }

  /** The definition of this digest, or null when it is not kept or not what its name says. */
  public @Nullable JsonObject find(Digest digest) {
    try {
      byte[] bytes = Files.readAllBytes(file(digest));
      JsonObject definition = StrictJson.parseObject(bytes, JsonLimits.message());
      return DefinitionDigest.of(definition).equals(digest) ? definition : null;
    } catch (IOException | MalformedJsonException unreadable) {
      return null;
    }
  }

  /** Keeps the definition and says its digest. */
  public Digest keep(JsonObject definition) throws IOException {
    Digest digest = DefinitionDigest.of(definition);
    if (find(digest) == null) {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, ".definition", ".tmp");
      Files.write(temporary, CanonicalJson.bytes(definition));
      Files.move(temporary, file(digest), StandardCopyOption.REPLACE_EXISTING);
    }
    return digest;
  }
}
