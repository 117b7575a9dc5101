package dev.mcpguard.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is worked out of an immutable object, found again by the identity of that object: a caller, a
 * tool and their snapshots stay the same for thousands of calls. Bounded and without locks: a place
 * holds the last one that fell on it, and a miss only works it out again. Thread-safe.
 *
 * @param <K> immutable; compared by identity, so a new snapshot can never find what an old one gave
 * @param <V> immutable; a function of the key alone
 */
public final class Derived<K extends Object, V extends Object> {
  private static final int PLACES = 1024;

  private final Function<K, V> work;
  private final AtomicReferenceArray<@Nullable Known<K, V>> places =
      new AtomicReferenceArray<>(PLACES);

  private record Known<K extends Object, V extends Object>(K key, V value) {}

  public Derived(Function<K, V> work) {
    this.work = work;
  }

  /** What belongs to {@code key}. */
  @SuppressWarnings("ReferenceEquality") // identity is the point
  public V of(K key) {
    int place = System.identityHashCode(key) & (PLACES - 1);
    Known<K, V> known = places.get(place);
    if (known != null && known.key() == key) {
      return known.value();
    }
    V value = work.apply(key);
    places.set(place, new Known<>(key, value));
    return value;
  }
}
