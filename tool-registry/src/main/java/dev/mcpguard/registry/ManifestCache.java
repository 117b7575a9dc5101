package dev.mcpguard.registry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sound manifests by the very bytes they were read from, so that a reload parses what changed and no
 * more, and a manifest that did not change stays the same object. Thread-safe.
 */
public final class ManifestCache {
  private record Read(byte[] bytes, ServerManifest manifest) {}

  private final Map<String, Read> files = new HashMap<>();

  /** The manifest these bytes gave, or null if this file was not read or has other bytes. */
  synchronized @Nullable ServerManifest find(String file, byte[] bytes) {
    Read read = files.get(file);
    return read != null && Arrays.equals(read.bytes(), bytes) ? read.manifest() : null;
  }

  synchronized void keep(String file, byte[] bytes, ServerManifest manifest) {
    files.put(file, new Read(bytes, manifest));
  }

  /** Forgets files that are gone. */
  synchronized void retain(Set<String> present) {
    files.keySet().retainAll(present);
  }
}
