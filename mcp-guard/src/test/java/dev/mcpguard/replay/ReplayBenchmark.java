package dev.mcpguard.replay;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.SegmentedCallLog;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures replay over a log the gate wrote; no assertion, not run by the build. Arguments: a
 * folder, the number of calls, how often to replay them.
 */
public final class ReplayBenchmark {
  private ReplayBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "replay-benchmark");
    try {
      generate(folder, Integer.parseInt(arguments[1]));
      for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
        replay(folder);
      }
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void generate(Path folder, int calls) throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, InstantSource.system())) {
      GateForReplay gate = GateForReplay.over(log, folder);
      AtomicInteger next = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  for (int at = next.getAndIncrement(); at < calls; at = next.getAndIncrement()) {
                    gate.call(at, new Random(at));
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** Processor time of this thread: other work on the machine does not distort it. */
  private static void replay(Path folder) throws Exception {
    CallLogReader reader = new CallLogReader(folder.resolve("audit"), null);
    ReplaySummary summary = new ReplaySummary();
    long start = System.nanoTime();
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try (Replayer replayer =
            new Replayer(reader, GateForReplay.steps(), ReplaySteps.Candidate.none());
        LogCursor cursor = reader.cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        summary.add(replayer.replay(entry));
      }
    }
    double processor =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d decisions the same, %d different: %.0f/s, %.0f/s of processor time, %.1f us each%n",
        summary.same(), summary.different(), summary.same() / seconds,
        summary.same() / processor, processor * 1e6 / summary.same());
  }
}
