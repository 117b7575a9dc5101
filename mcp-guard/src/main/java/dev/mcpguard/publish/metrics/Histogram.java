package dev.mcpguard.publish.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by bound. Thread-safe; adding costs some tens of nanoseconds and no lock. */
public final class Histogram {
  /** Bounds in seconds for what the guard itself does. */
  public static final List<Double> FINE =
      List.of(
          0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05,
          0.1, 0.25, 0.5, 1.0);

  /** Bounds in seconds for what tool servers do. */
  public static final List<Double> COARSE =
      List.of(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private static final double NANOS = 1e9;

  private final List<Double> bounds;
  private final long[] boundNanos;
  private final LongAdder[] counts;
  private final LongAdder sumNanos = new LongAdder();

  /** What was counted; the last count is of what lies above every bound. */
  record Reading(List<Double> bounds, List<Long> counts, double sum) {}

  public Histogram(List<Double> bounds) {
    this.bounds = List.copyOf(bounds);
    this.boundNanos = bounds.stream().mapToLong(bound -> Math.round(bound * NANOS)).toArray();
    this.counts = new LongAdder[bounds.size() + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts one duration. */
  public void add(long nanos) {
    int at = 0;
    while (at < boundNanos.length && nanos > boundNanos[at]) {
      at++;
    }
    counts[at].increment();
    sumNanos.add(Math.max(0, nanos));
  }

  Reading read() {
    List<Long> read = new ArrayList<>(counts.length);
    for (LongAdder count : counts) {
      read.add(count.sum());
    }
    return new Reading(bounds, read, sumNanos.sum() / NANOS);
  }
}
