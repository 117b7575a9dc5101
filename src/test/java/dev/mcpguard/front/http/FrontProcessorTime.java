package dev.mcpguard.front.http;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * The figures of {@link FrontBenchmark} in processor time of the one thread that works, for a machine
 * that other work keeps busy: wall time would count the others. No replacement for JMH on a quiet one.
 */
public final class FrontProcessorTime {
  private static final int ROUNDS = 20_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private FrontProcessorTime() {}

  /** Prints nanoseconds an operation by method and size; {@code arguments[0]} is seconds of warm-up. */
  public static void main(String[] arguments) {
    long seconds = Long.parseLong(arguments.length > 0 ? arguments[0] : "20");
    FrontBenchmark first = benchmark("tools/call", 300);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      first.wire();
    }
    for (int size : new int[] {300, 4096}) {
      for (String method :
          List.of("tools/call", "tools/list", "resources/read", "prompts/get", "completion/complete")) {
        FrontBenchmark one = benchmark(method, size);
        System.out.printf(
            "%-20s %5d bytes  message %6d ns  wire %6d ns%n",
            method, size, best(one::message), best(one::wire));
      }
    }
  }

  private static FrontBenchmark benchmark(String method, int size) {
    FrontBenchmark one = new FrontBenchmark();
    one.method = method;
    one.size = size;
    one.setUp();
    return one;
  }

  /** The best of seven: compilation and collection of others' garbage only ever add. */
  private static long best(Runnable operation) {
    long best = Long.MAX_VALUE;
    for (int turn = 0; turn < 7; turn++) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int round = 0; round < ROUNDS; round++) {
        operation.run();
      }
      best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - before) / ROUNDS);
    }
    return best;
  }
}
