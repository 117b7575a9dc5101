package dev.mcpguard.rego.builtins;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache shared by all threads that never holds more than a bounded number of entries: when it is
 * full it starts over, which costs a few recompilations and no bookkeeping on a hit.
 */
final class BoundedCache<K, V> {
  private static final int MAX_ENTRIES = 512;

  private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>();

  V get(K key, Function<K, V> compute) {
    V known = entries.get(key);
    if (known != null) {
      return known;
    }
    V made = compute.apply(key);
    if (entries.size() >= MAX_ENTRIES) {
      entries.clear();
    }
    entries.put(key, made);
    return made;
  }

  int size() {
    return entries.size();
  }
}
