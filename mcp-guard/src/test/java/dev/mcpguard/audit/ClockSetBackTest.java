package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of the log is that of its records, whatever the clock says (threat F9). */
final class ClockSetBackTest {
  private static final int RECORDS = 40;

  @TempDir Path folder;

  @Test
  void f9_aClockThatRunsBackwardsMovesNoRecordAndBreaksNoProof() throws Exception {
    AtomicLong hours = new AtomicLong();
    InstantSource backwards = () -> Records.NOON.minusSeconds(3_600 * hours.getAndIncrement());
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, backwards)) {
      for (int number = 0; number < RECORDS; number++) {
        assertEquals(number, log.admit(Records.admission("d-" + number)).sequence());
      }
    }
    CallLogReader reader = new CallLogReader(folder, null);
    try (LogCursor cursor = reader.cursor("one", 0)) {
      for (int number = 0; number < RECORDS; number++) {
        LogEntry entry = cursor.next();
        assertTrue(entry != null, "record " + number);
        assertEquals("d-" + number, entry.json().string("decision_id"));
      }
    }
    VerificationReport report =
        new Verifier(reader.instance("one"), null, List.of()).verify(_ -> {});
    assertTrue(report.good(), () -> report.findings().toString());
  }
}
