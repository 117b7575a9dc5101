package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A failing file system: nothing acknowledged is lost, and the log refuses afterwards (F1, F10).
 */
final class CallLogFaultTest {
  @TempDir Path folder;

  @BeforeAll
  static void keepQuiet() {
    if (LoggerFactory.getLogger("dev.mcpguard.audit") instanceof Logger logger) {
      logger.setLevel(Level.OFF);
    }
  }

  @AfterAll
  static void speakAgain() {
    if (LoggerFactory.getLogger("dev.mcpguard.audit") instanceof Logger logger) {
      logger.setLevel(null);
    }
  }

  private CallLogSettings settings(int run) {
    return CallLogSettings.of(folder.resolve("run-" + run), "one")
        .withDisk(0, 0)
        .withSegmentBytes(40_000);
  }

  @Test
  void eachFailingOperationLeavesEveryAcknowledgedRecordAndRefusesAfterwardsF1() throws Exception {
    boolean injected = true;
    int run = 0;
    for (int at = 0; injected; at++) {
      for (boolean tear : new boolean[] {false, true}) {
        injected = faultAt(at, tear, run++);
      }
    }
    assertTrue(run > 50, "only " + run + " faults were injected");
  }

  /** Whether the operation was reached. */
  private boolean faultAt(int at, boolean tear, int run) throws Exception {
    FaultyFiles files = new FaultyFiles(at, tear);
    List<String> acknowledged = new ArrayList<>();
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(run), Records.CLOCK, files)) {
      write(log, acknowledged);
      assertEquals(files.failed, !log.available());
      if (files.failed) {
        assertThrows(
            AuditUnavailableException.class, () -> log.admit(Records.admission("after")));
        assertThrows(
            AuditUnavailableException.class, () -> log.settle(Records.refusal("after", "x")));
        assertThrows(AuditUnavailableException.class, () -> log.keep("policy", new byte[1]));
      }
    } catch (AuditUnavailableException atOpen) {
      assertTrue(files.failed);
    }
    check(run, acknowledged);
    return files.failed;
  }

  private static void write(SegmentedCallLog log, List<String> acknowledged) throws Exception {
    try {
      admitFive(0, log, acknowledged);
      log.keep("policy", new byte[] {1});
      // outcomes do not wait: the segment fills and turns over without a sync each
      for (int i = 0; i < 260; i++) {
        log.settle(Records.outcome("o-" + i, 0));
      }
      admitFive(265, log, acknowledged);
    } catch (AuditUnavailableException latched) {
      assertFalse(log.available());
    }
  }

  private static void admitFive(int first, SegmentedCallLog log, List<String> acknowledged)
      throws Exception {
    for (int i = first; i < first + 5; i++) {
      Admission admission = log.admit(Records.admission("d-" + i));
      assertEquals(i, admission.sequence());
      acknowledged.add("d-" + i);
    }
  }

  private void check(int run, List<String> acknowledged) throws Exception {
    SegmentedCallLog.open(settings(run), Records.CLOCK).close();
    CallLogReader reader = new CallLogReader(settings(run).folder(), null);
    try (LogCursor cursor = reader.cursor("one", 0)) {
      List<String> kept = new ArrayList<>();
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        kept.add(String.valueOf(entry.json().string("decision_id")));
      }
      assertTrue(kept.containsAll(acknowledged), () -> acknowledged + " in " + kept);
    }
    try (var files = Files.walk(settings(run).folder())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void belowTheReserveNothingIsAdmittedAndOutcomesAreStillWrittenF11() throws Exception {
    FaultyFiles files = new FaultyFiles(-1, false);
    CallLogSettings settings = settings(0).withDisk(2000, 1000);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK, files)) {
      Admission admission = log.admit(Records.admission("d-1"));
      files.usable = 999;
      assertFalse(log.available());
      assertThrows(AuditUnavailableException.class, () -> log.admit(Records.admission("d-2")));
      log.settle(Records.outcome("d-1", admission.sequence()));
      log.settle(Records.refusal("d-2", "audit-unavailable"));
      files.usable = 5000;
      assertTrue(log.available());
      assertEquals(3, log.admit(Records.admission("d-3")).sequence());
    }
  }

  @Test
  void folderThatCannotBeWrittenRefusesToOpenF1() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(
        AuditUnavailableException.class,
        () -> SegmentedCallLog.open(CallLogSettings.of(file, "one"), Records.CLOCK));
  }
}
