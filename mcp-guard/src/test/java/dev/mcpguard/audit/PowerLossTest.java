package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes at any moment: every acknowledged record is there, the log goes on (F3). */
final class PowerLossTest {
  /** Of one log: each cut reads all that came before it. */
  private static final int CUTS = 30;

  /** One log by default, 34 (1,020 cuts) with -Dmcpguard.exhaustive=true. */
  private static final int LOGS = Boolean.getBoolean("mcpguard.exhaustive") ? 34 : 1;

  private static final int CALLERS = 8;

  @TempDir Path folder;

  private CallLogSettings settings(Path where) {
    return CallLogSettings.of(where, "one").withDisk(0, 0).withSegmentBytes(60_000);
  }

  @Test
  void everyAcknowledgedRecordIsThereAfterThePowerWentF3() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int log = 0; log < LOGS; log++) {
      Path live = folder.resolve("live" + log);
      cutOften(live, random);
      delete(live);
    }
    System.out.println(LOGS * CUTS + " cuts");
  }

  private void cutOften(Path live, Random random) throws Exception {
    PowerFiles files = new PowerFiles();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    int segments;
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(live), Records.CLOCK, files)) {
      AtomicBoolean running = new AtomicBoolean(true);
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        String name = "c" + caller + "-";
        callers.add(Thread.startVirtualThread(() -> call(log, name, acknowledged, running)));
      }
      for (int cut = 0; cut < CUTS; cut++) {
        Thread.sleep(random.nextInt(20));
        Set<String> before = new HashSet<>(acknowledged);
        Path left = folder.resolve("cut");
        files.cut(live, left, random);
        check(live, left, before);
      }
      running.set(false);
      for (Thread caller : callers) {
        caller.join();
      }
      segments = new CallLogReader(live, null).instance("one").segmentStarts().size();
    }
    assertTrue(segments > 1 && acknowledged.size() > CUTS, segments + " segments");
  }

  private static void call(
      SegmentedCallLog log, String name, Queue<String> acknowledged, AtomicBoolean running) {
    try {
      for (int i = 0; running.get(); i++) {
        long admission = log.admit(Records.admission(name + i)).sequence();
        acknowledged.add(name + i);
        log.settle(Records.outcome(name + i, admission));
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void check(Path live, Path left, Set<String> before) throws Exception {
    Files.createDirectories(left.resolve("one"));
    Files.copy(live.resolve("one/payload.key"), left.resolve("one/payload.key"));
    SegmentedCallLog.open(settings(left), Records.CLOCK).close();
    CallLogReader reader = new CallLogReader(left, null);
    Set<String> kept = new HashSet<>();
    try (LogCursor cursor = reader.cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        kept.add(String.valueOf(entry.json().string("decision_id")));
      }
    }
    before.removeAll(kept);
    assertEquals(Set.of(), before, "lost");
    VerificationReport report =
        new Verifier(reader.instance("one"), null, List.of()).verify(done -> {});
    assertTrue(report.good(), () -> report.findings().toString());
    assertEquals(0, report.unsettled());
    delete(left);
  }

  private static void delete(Path where) throws IOException {
    try (var all = Files.walk(where)) {
      for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
