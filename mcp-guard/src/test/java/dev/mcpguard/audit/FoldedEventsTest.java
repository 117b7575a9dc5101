package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood folds into exact counts (F7). */
final class FoldedEventsTest {
  @TempDir Path folder;

  @Test
  void everyRequestIsSingleOrInExactlyOneCountF7() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Records.NOON);
    AtomicInteger single = new AtomicInteger();
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      FoldedEvents folded = new FoldedEvents(log, now::get, "one", 10, Duration.ofSeconds(10));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        threads.add(Thread.startVirtualThread(() -> flood(folded, now, single)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      folded.flush();
      folded.flush();
    }
    long counted = 0;
    try (LogCursor cursor = new CallLogReader(folder, null).cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        JsonObject event = entry.json().object("event");
        assertNotNull(event);
        JsonValue total = event.get("total");
        assertNotNull(total);
        counted += Long.parseLong(CanonicalJson.text(total));
      }
    }
    assertEquals(8 * 1000, counted + single.get());
    assertTrue(single.get() >= 10 && counted > 0);
  }

  private static void flood(
      FoldedEvents folded, AtomicReference<Instant> now, AtomicInteger single) {
    try {
      for (int i = 0; i < 1000; i++) {
        if (i % 250 == 0) {
          now.updateAndGet(before -> before.plusSeconds(4));
        }
        if (folded.recordSingly("unauthenticated")) {
          single.incrementAndGet();
        }
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void countThatCannotBeWrittenIsWrittenLaterF7() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Records.NOON);
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    SegmentedCallLog closed = SegmentedCallLog.open(settings, Records.CLOCK);
    closed.close();
    FoldedEvents folded = new FoldedEvents(closed, now::get, "one", 0, Duration.ofSeconds(1));
    org.junit.jupiter.api.Assertions.assertFalse(folded.recordSingly("unauthenticated"));
    now.set(Records.NOON.minusSeconds(60));
    // F9: a clock set back ends the interval; the write fails and this request is counted with it
    org.junit.jupiter.api.Assertions.assertThrows(
        dev.mcpguard.model.AuditUnavailableException.class,
        () -> folded.recordSingly("unauthenticated"));
    assertEquals(2, folded.waiting());
  }
}
