package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.model.Admission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the committer writes (decision 0052): nobody is forgotten, and those who come together share. */
final class SharedSyncTest {
  private static final int CALLERS = 32;
  private static final int CALLS = 100;

  @TempDir Path folder;

  private SegmentedCallLog open() throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    return SegmentedCallLog.open(settings, Records.CLOCK);
  }

  @Test
  @Timeout(60)
  void recordsOfManyCallersShareTheirSyncs() throws Exception {
    AtomicLong syncs = new AtomicLong();
    try (SegmentedCallLog log = open();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      log.watchSyncs(nanos -> syncs.incrementAndGet());
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        String name = "d-" + caller;
        running.add(callers.submit(() -> calls(log, name)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertTrue(syncs.get() < CALLERS * CALLS / 2, syncs + " syncs");
  }

  @Test
  @Timeout(60)
  void outcomeSharesTheSyncOfTheNextAdmission() throws Exception {
    AtomicLong syncs = new AtomicLong();
    try (SegmentedCallLog log = open()) {
      log.watchSyncs(nanos -> syncs.incrementAndGet());
      calls(log, "d");
    }
    assertTrue(syncs.get() < 2 * CALLS - CALLS / 4, syncs + " syncs");
  }

  @Test
  @Timeout(60)
  void outcomeThatNobodyFollowsIsDurableAllTheSame() throws Exception {
    try (SegmentedCallLog log = open()) {
      for (int i = 0; i < 50; i++) {
        Admission admission = log.admit(Records.admission("d-" + i));
        // every distance to the admission before: while it rests lightly, deeply, and in between
        TimeUnit.MICROSECONDS.sleep(150L * i);
        log.settle(Records.outcome("d-" + i, admission.sequence()));
        while (log.durableSize() < 2L * (i + 1)) {
          Thread.sleep(Duration.ofMillis(1));
        }
      }
      assertEquals(100, log.durableSize());
    }
  }

  private static Object calls(SegmentedCallLog log, String name) throws Exception {
    for (int i = 0; i < CALLS; i++) {
      Admission admission = log.admit(Records.admission(name + "-" + i));
      log.settle(Records.outcome(name + "-" + i, admission.sequence()));
    }
    return name;
  }
}
