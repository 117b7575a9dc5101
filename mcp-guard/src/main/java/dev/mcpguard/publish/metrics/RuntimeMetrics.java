package dev.mcpguard.publish.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.util.HashMap;
import java.util.Map;

/** What the JVM says of itself, under the names the Prometheus Java client uses. */
public final class RuntimeMetrics {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private RuntimeMetrics() {}

  /** Writes memory, threads, collections, processor time and start. */
  public static void write(MetricsText text) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    text.gauges(
            "jvm_memory_used_bytes", "memory in use", "area",
            Map.of(
                "heap", (double) memory.getHeapMemoryUsage().getUsed(),
                "nonheap", (double) memory.getNonHeapMemoryUsage().getUsed()))
        .gauge(
            "jvm_memory_max_bytes", "most heap there can be", memory.getHeapMemoryUsage().getMax())
        .gauge(
            "jvm_threads_current", "platform threads",
            ManagementFactory.getThreadMXBean().getThreadCount());
    collections(text);
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    text.gauge(
        "process_start_time_seconds", "start of the process since 1970",
        runtime.getStartTime() / MILLIS);
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      text.counter(
          "process_cpu_seconds_total", "processor time", system.getProcessCpuTime() / NANOS);
    }
  }

  private static void collections(MetricsText text) {
    Map<String, Double> seconds = new HashMap<>();
    Map<String, Double> counts = new HashMap<>();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      seconds.put(collector.getName(), Math.max(0, collector.getCollectionTime()) / MILLIS);
      counts.put(collector.getName(), (double) Math.max(0, collector.getCollectionCount()));
    }
    text.counters("jvm_gc_collection_seconds_total", "time in collections", "gc", seconds)
        .counters("jvm_gc_collections_total", "collections", "gc", counts);
  }
}
