package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.keep.SegmentPacker;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that goes back or leaps, and ids that are equal: order is by sequence alone (F9). */
final class ClockLeapTest {
  private static final Instant DAY = Instant.parse("2026-11-03T00:00:00Z");

  @TempDir Path folder;

  /** Hours after {@link #DAY} in the order written: back by a day, equal, far ahead, back again. */
  private static final List<Integer> HOURS = List.of(1, 2, -22, -22, 3, 9_000, 4, 4);

  private void write() throws Exception {
    CallLogSettings settings =
        CallLogSettings.of(folder, "one").withDisk(0, 0).withSegmentBytes(1_000);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, () -> DAY)) {
      for (int i = 0; i < 300; i++) {
        int hours = HOURS.get(i % HOURS.size());
        String time = RecordTime.text(DAY.plus(Duration.ofHours(hours)));
        JsonObject body = Records.body().put("time", time).build();
        // every id twice, as if a clock that went back had made it again
        log.settle(new CallRecord(RecordKind.OUTCOME, "d-" + i / 2, body, Map.of()));
      }
    }
  }

  private List<Long> found(Instant from, Instant to) throws Exception {
    List<Long> found = new ArrayList<>();
    new CallLogQuery(new CallLogReader(folder, null))
        .each(CallFilter.all().between(from, to), entry -> found.add(entry.sequence()));
    return found;
  }

  @Test
  void sequenceIsIndependentOfTheClockAndTimesAreFoundAsRecordedF9() throws Exception {
    write();
    CallLogReader reader = new CallLogReader(folder, null);
    try (LogCursor cursor = reader.cursor("one", 0)) {
      for (long next = 0; next < 300; next++) {
        LogEntry entry = cursor.next();
        assertTrue(entry != null && entry.sequence() == next, "record " + next);
        assertEquals("d-" + next / 2, entry.json().string("decision_id"));
      }
    }
    assertTrue(new Verifier(reader.instance("one"), null, List.of()).verify(done -> {}).good());
    List<Long> expected = new ArrayList<>();
    for (long i = 0; i < 300; i++) {
      if (HOURS.get((int) (i % HOURS.size())) == -22) {
        expected.add(i);
      }
    }
    Instant dayBefore = DAY.minus(Duration.ofDays(1));
    assertEquals(expected, found(dayBefore, DAY));
    assertEquals(1, new SegmentPacker(reader.instance("one")).pack());
    assertEquals(expected, found(dayBefore, DAY));
  }
}
