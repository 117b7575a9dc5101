package dev.mcpguard.registry;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sound manifests by the very bytes they were read from, so that a reload parses what changed and no
 * more, and a manifest that did not change stays the same object. Thread-safe.
 */
public final class ManifestCache {
  /** The bytes as a buffer, which is compared by content. */
  private record Read(ByteBuffer bytes, ServerManifest manifest) {}

  private final Map<String, Read> files = new HashMap<>();

  /** The manifest these bytes gave, or null if this file was not read or has other bytes. */
  synchronized @Nullable ServerManifest find(String file, byte[] bytes) {
    Read read = files.get(file);
    return read != null && read.bytes().equals(ByteBuffer.wrap(bytes)) ? read.manifest() : null;
  }

  synchronized void keep(String file, byte[] bytes, ServerManifest manifest) {
    files.put(file, new Read(ByteBuffer.wrap(bytes.clone()), manifest));
  }

  /** Forgets files that are gone. */
  synchronized void retain(Set<String> present) {
    files.keySet().retainAll(present);
  }
}
