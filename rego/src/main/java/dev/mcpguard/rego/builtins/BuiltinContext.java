package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.NumberValue;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What builtins may know of one evaluation: its instant, its seed, its budget and where notes go.
 * Belongs to one evaluation on one thread.
 */
public final class BuiltinContext {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private final Instant now;
  private final long seed;
  private final Budget budget;
  private final Notes notes;
  private @Nullable NumberValue nowNanos;
  private @Nullable Map<Object, Object> cache;

  /**
   * @param now the instant of the evaluation, the same for every call within it
   * @param seed what random values derive from; a replay gives the same seed
   */
  public BuiltinContext(Instant now, long seed, Budget budget, Notes notes) {
    this.now = now;
    this.seed = seed;
    this.budget = budget;
    this.notes = notes;
  }

  /** A limit on the work of an evaluation. */
  @FunctionalInterface
  public interface Budget {
    /** Counts steps of roughly constant cost; throws an exception of its own when none are left. */
    void charge(long steps);
  }

  /** Where {@code print} and {@code trace} write. */
  public interface Notes {
    /** A line of {@code print}. */
    void print(String message);

    /** A note of {@code trace}. */
    void trace(String note);
  }

  public Instant now() {
    return now;
  }

  /** The instant in nanoseconds since the epoch. */
  public NumberValue nowNanos() {
    NumberValue known = nowNanos;
    if (known == null) {
      BigInteger seconds = BigInteger.valueOf(now.getEpochSecond()).multiply(NANOS);
      known = NumberValue.of(seconds.add(BigInteger.valueOf(now.getNano())));
      nowNanos = known;
    }
    return known;
  }

  /** Random values that depend on nothing but the seed and the key. */
  RandomGenerator random(String key) {
    long mixed = seed ^ 0xCBF29CE484222325L;
    for (int i = 0; i < key.length(); i++) {
      mixed = (mixed ^ key.charAt(i)) * 0x100000001B3L;
    }
    return new SplittableRandom(mixed);
  }

  /** Computes a value once within this evaluation; the keys of each kind need a type of their own. */
  <T> T cached(Object key, Class<T> type, Supplier<T> compute) {
    if (cache == null) {
      cache = new HashMap<>();
    }
    Object known = cache.get(key);
    if (known == null) {
      known = compute.get();
      cache.put(key, known);
    }
    return type.cast(known);
  }

  public void charge(long steps) {
    budget.charge(steps);
  }

  void print(String message) {
    notes.print(message);
  }

  void trace(String note) {
    notes.trace(note);
  }
}
