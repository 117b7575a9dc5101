package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, durability and reading back of the call log (F2, F5, F11, F12). */
final class SegmentedCallLogTest {
  @TempDir Path folder;

  private SegmentedCallLog open() throws AuditUnavailableException {
    return SegmentedCallLog.open(settings(), Records.CLOCK);
  }

  private CallLogSettings settings() {
    return CallLogSettings.of(folder, "one").withDisk(0, 0);
  }

  private CallLogReader reader() {
    return new CallLogReader(folder, null);
  }

  private List<LogEntry> entries() throws Exception {
    List<LogEntry> entries = new ArrayList<>();
    try (LogCursor cursor = reader().cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  @Test
  void admissionIsReadableAsSoonAsItReturns() throws Exception {
    try (SegmentedCallLog log = open()) {
      Admission admission = log.admit(Records.admission("d-1"));
      assertEquals(0, admission.sequence());
      LogEntry entry = entries().getFirst();
      assertEquals("admission", entry.json().string("kind"));
      assertEquals("d-1", entry.json().string("decision_id"));
      assertArrayEquals(CanonicalJson.bytes(entry.json()), entry.leaf());
    }
  }

  @Test
  void payloadComesBackAndIsNotInClearOnDisk() throws Exception {
    try (SegmentedCallLog log = open()) {
      log.admit(Records.admission("d-1", "{\"iban\":\"DE00 secret\"}"));
    }
    LogEntry entry = entries().getFirst();
    PayloadReading reading = reader().payload(entry, "arguments");
    PayloadReading.Present present = assertInstanceOf(PayloadReading.Present.class, reading);
    assertEquals(
        "{\"iban\":\"DE00 secret\"}", new String(present.bytes(), StandardCharsets.UTF_8));
    assertInstanceOf(PayloadReading.Absent.class, reader().payload(entry, "reply"));
    byte[] disk = java.nio.file.Files.readAllBytes(reader().instance("one").segment(0));
    assertFalse(new String(disk, StandardCharsets.ISO_8859_1).contains("DE00"));
  }

  @Test
  void admissionWithoutOutcomeIsSettledAsUnknownAtStart() throws Exception {
    try (SegmentedCallLog log = open()) {
      log.admit(Records.admission("d-1"));
      Admission second = log.admit(Records.admission("d-2"));
      log.settle(Records.outcome("d-2", second.sequence()));
    }
    open().close();
    open().close();
    List<LogEntry> entries = entries();
    assertEquals(4, entries.size());
    assertEquals("unknown", entries.getLast().json().string("fate"));
    assertEquals("d-1", entries.getLast().json().string("decision_id"));
  }

  @Test
  void admissionOpenAcrossSegmentsIsSettledAtStart() throws Exception {
    CallLogSettings small = settings().withSegmentBytes(10_000);
    try (SegmentedCallLog log = SegmentedCallLog.open(small, Records.CLOCK)) {
      log.admit(Records.admission("first"));
      for (int i = 0; i < 1100; i++) {
        log.settle(new CallRecord(RecordKind.OUTCOME, "o-" + i, Records.body().build(), Map.of()));
      }
    }
    assertTrue(reader().instance("one").segmentStarts().size() > 2);
    SegmentedCallLog.open(small, Records.CLOCK).close();
    List<LogEntry> entries = entries();
    assertEquals(1102, entries.size());
    assertEquals("first", entries.getLast().json().string("decision_id"));
  }

  @Test
  void secondWriterIsRefusedF11() throws Exception {
    try (SegmentedCallLog log = open()) {
      AuditUnavailableException refused =
          assertThrows(AuditUnavailableException.class, this::open);
      assertTrue(String.valueOf(refused.getMessage()).contains("another guard writes"));
      assertTrue(log.available());
    }
    open().close();
  }

  @Test
  void leafBeyondTheBundleLimitIsRefusedAndNothingIsAppended() throws Exception {
    try (SegmentedCallLog log = open()) {
      CallRecord huge =
          new CallRecord(
              RecordKind.REFUSAL,
              "d-1",
              Records.body().put("detail", "x".repeat(65_535)).build(),
              Map.of());
      assertThrows(RecordTooLargeException.class, () -> log.settle(huge));
      assertEquals(0, log.durableSize());
      log.settle(Records.refusal("d-2", "policy-denied"));
    }
    assertEquals(1, entries().size());
  }

  @Test
  void tenMebibytesOfArgumentsMakeOneRecordF5() throws Exception {
    try (SegmentedCallLog log = open()) {
      log.admit(Records.admission("d-1", "\"" + "a".repeat(10 << 20) + "\""));
      log.settle(Records.outcome("d-1", 0));
    }
    assertEquals(2, entries().size());
    PayloadReading reading = reader().payload(entries().getFirst(), "arguments");
    assertInstanceOf(PayloadReading.Present.class, reading);
  }

  @Test
  void evidenceIsKeptOnceByDigest() throws Exception {
    byte[] policy = "package mcpguard".getBytes(StandardCharsets.UTF_8);
    try (SegmentedCallLog log = open()) {
      Digest digest = log.keep("policy", policy);
      assertEquals(digest, log.keep("policy", policy));
      byte[] kept = reader().evidence("one", "policy", digest);
      assertNotNull(kept);
      assertArrayEquals(policy, kept);
      assertThrows(IllegalArgumentException.class, () -> log.keep("../etc", policy));
    }
  }

  @Test
  void overloadLosesNothingAndEveryCallerGetsItsOwnNumberF12() throws Exception {
    CallLogSettings narrow = settings().withQueueBytes(4_000).withSegmentBytes(200_000);
    Map<Long, String> sequences = new ConcurrentHashMap<>();
    try (SegmentedCallLog log = SegmentedCallLog.open(narrow, Records.CLOCK);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < 64; caller++) {
        int name = caller;
        running.add(callers.submit(() -> call(log, name, sequences)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
    List<LogEntry> entries = entries();
    assertEquals(64 * 50 * 2, entries.size());
    assertEquals(64 * 50, sequences.size());
    for (LogEntry entry : entries) {
      String expected = sequences.get(entry.sequence());
      if (expected != null) {
        assertEquals(expected, entry.json().string("decision_id"));
      }
    }
  }

  private static Object call(SegmentedCallLog log, int caller, Map<Long, String> sequences)
      throws Exception {
    for (int i = 0; i < 50; i++) {
      String id = "d-" + caller + "-" + i;
      Admission admission = log.admit(Records.admission(id));
      sequences.put(admission.sequence(), id);
      log.settle(Records.outcome(id, admission.sequence()));
    }
    return caller;
  }

  @Test
  void interruptedCallerStillWaitsForItsRecord() throws Exception {
    try (SegmentedCallLog log = open()) {
      Thread.currentThread().interrupt();
      Admission admission = log.admit(Records.admission("d-1"));
      assertTrue(Thread.interrupted());
      assertEquals(1, log.durableSize());
      assertEquals(0, admission.sequence());
    }
  }
}
