package dev.mcpguard.identity;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Computes a value once for all threads that ask for the same key meanwhile. Thread-safe. */
final class SingleFlight<K, V> {
  private final Map<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

  /** The value, computed here or by the thread that asked first; its failure fails all. */
  V join(K key, Supplier<V> compute) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> first = running.putIfAbsent(key, mine);
    if (first != null) {
      return first.join();
    }
    try {
      V value = compute.get();
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      running.remove(key, mine);
    }
  }
}
