package dev.mcpguard.audit;

import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The two halves of {@code src/test/faults/audit-faults.sh}. {@code write <folder> <acknowledged>}
 * admits records and notes each in a file elsewhere once it is acknowledged; {@code check} opens
 * the log again and compares. Exits 0 when nothing acknowledged is missing and nothing was
 * acknowledged after the first refusal.
 */
public final class CallLogFaultProbe {
  private static final int RECORDS = 12;

  private CallLogFaultProbe() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    Path acknowledged = Path.of(arguments[2]);
    switch (arguments[0]) {
      case "write" -> {
        int records = arguments.length > 3 ? Integer.parseInt(arguments[3]) : RECORDS;
        write(folder, acknowledged, records, arguments.length > 4 ? Long.parseLong(arguments[4]) : 0);
      }
      case "check" -> check(folder, acknowledged);
      default -> throw new IllegalArgumentException("write or check");
    }
  }

  private static CallLogSettings settings(Path folder) {
    return CallLogSettings.of(folder, "one").withDisk(0, 0);
  }

  private static void write(Path folder, Path file, int records, long pauseMillis)
      throws Exception {
    List<String> lines = new ArrayList<>();
    boolean refused = false;
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(folder), InstantSource.system())) {
      for (int i = 0; i < records; i++) {
        Thread.sleep(pauseMillis);
        try {
          if (i % 4 == 0) {
            log.keep("policy", new byte[] {(byte) i});
          }
          Admission admission = log.admit(Records.admission("d-" + i));
          lines.add((refused ? "after-refusal " : "") + admission.decisionId());
          log.settle(Records.outcome("d-" + i, admission.sequence()));
        } catch (AuditUnavailableException refusal) {
          refused = true;
        }
      }
    } catch (AuditUnavailableException atOpen) {
      refused = true;
    }
    lines.add(refused ? "refused" : "never-refused");
    Files.write(file, lines);
  }

  private static void check(Path folder, Path file) throws Exception {
    SegmentedCallLog.open(settings(folder), InstantSource.system()).close();
    List<String> kept = new ArrayList<>();
    try (LogCursor cursor = new CallLogReader(folder, null).cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        kept.add(String.valueOf(entry.json().string("decision_id")));
      }
    }
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of("killed");
    int lost = 0;
    for (String line : lines.subList(0, lines.size() - 1)) {
      lost += kept.contains(line) ? 0 : 1;
    }
    System.out.println(
        (lines.size() - 1) + " acknowledged, " + lost + " lost or after a refusal, "
            + lines.getLast());
    System.exit(lost == 0 ? 0 : 1);
  }
}
