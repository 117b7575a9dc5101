package dev.mcpguard.front;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts ended requests by outcome. Thread-safe; outcomes are a fixed small set of words. */
public final class OutcomeCounts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  public void count(String outcome) {
    counts.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
  }

  public Map<String, Long> snapshot() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((outcome, count) -> copy.put(outcome, count.sum()));
    return copy;
  }
}
