package dev.mcpguard.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Finding;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registry that follows its folder. Readers always get a complete snapshot; a change that does
 * not load leaves the last good one in force. Thread-safe.
 */
public final class ReloadingRegistry {
  private final Path folder;
  private final RegistryListener listener;
  private volatile RegistrySnapshot current;
  private @Nullable Digest seen;
  private List<Finding> reported = List.of();

  /** Loads the folder; throws when it does not load, for there is no last good one yet. */
  public ReloadingRegistry(Path folder, RegistryListener listener) throws ConfigException {
    ManifestFiles files = ManifestFiles.read(folder);
    this.folder = folder;
    this.listener = listener;
    this.current = RegistryLoader.load(files);
    this.seen = files.digest();
  }

  public RegistrySnapshot current() {
    return current;
  }

  /** Looks whether any byte of the folder changed since the last look, and loads it if so. */
  public synchronized void poll() {
    Digest last = seen;
    // a folder that cannot be read has no content: whatever comes back is a change
    seen = null;
    try {
      ManifestFiles files = ManifestFiles.read(folder);
      seen = files.digest();
      if (seen.equals(last)) {
        return;
      }
      RegistrySnapshot before = current;
      RegistrySnapshot now = RegistryLoader.load(files);
      reported = List.of();
      current = now;
      listener.reloaded(before, now);
    } catch (ConfigException refused) {
      if (!refused.findings().equals(reported)) {
        reported = refused.findings();
        listener.refused(reported);
      }
    }
  }
}
