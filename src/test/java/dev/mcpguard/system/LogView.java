package dev.mcpguard.system;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.Set;

/** The call log of the instance {@code guard}, read on from where it was read last. Thread-safe. */
final class LogView implements AutoCloseable {
  private static final long SETTLE_NANOS = 2_000_000_000L;
  private static final long QUIET_NANOS = 20_000_000L;

  private static final String INSTANCE = "guard";
  private static final Set<String> TERMINAL = Set.of("outcome", "refusal");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofMillis(40);

  private final CallLogReader reader;
  private final LogCursor cursor;
  private final List<Json> read = new ArrayList<>();

  LogView(Path audit) {
    this.reader = new CallLogReader(audit, null);
    this.cursor = reader.cursor(INSTANCE, 0);
  }

  /**
   * How many terminal records there are once nothing more arrives: an outcome is ordered, not awaited
   * (decision 0006), so that of an earlier request may come after its answer.
   */
  int settledTerminals() throws IOException {
    long deadline = System.nanoTime() + SETTLE_NANOS;
    int before = -1;
    int now = terminals().size();
    while (now != before && System.nanoTime() < deadline) {
      LockSupport.parkNanos(QUIET_NANOS);
      before = now;
      now = terminals().size();
    }
    return now;
  }

  synchronized List<Json> records() throws IOException {
    for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
      read.add(Json.read(new String(entry.leaf(), StandardCharsets.UTF_8)));
    }
    return List.copyOf(read);
  }

  List<Json> ofKind(String kind) throws IOException {
    return records().stream().filter(record -> text(record, "kind").equals(kind)).toList();
  }

  /** One for each request that is over. */
  List<Json> terminals() throws IOException {
    return records().stream().filter(record -> TERMINAL.contains(text(record, "kind"))).toList();
  }

  List<Json> events(String type) throws IOException {
    return ofKind("event").stream()
        .filter(record -> record.textAt("event", "type").filter(type::equals).isPresent())
        .toList();
  }

  /**
   * The terminal records beyond the first {@code before}; waits until there are {@code count},
   * since an outcome is written behind its answer, and a moment longer to see that there are no
   * more.
   */
  List<Json> terminalsAfter(int before, int count) throws IOException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    List<Json> all = terminals();
    while (all.size() < before + count && System.nanoTime() < deadline) {
      pause();
      all = terminals();
    }
    pause();
    all = terminals();
    return all.subList(Math.min(before, all.size()), all.size());
  }

  private static void pause() {
    try {
      Thread.sleep(QUIET);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static String text(Json record, String member) {
    return record.textAt(member).orElse("");
  }

  /** The number that stands there, or -1. */
  static long number(Json record, String... names) {
    return record.at(names).map(value -> Long.parseLong(value.toString())).orElse(-1L);
  }

  /** Fails unless every record is the one that was written. */
  VerificationReport assertVerifies() throws IOException {
    VerificationReport report =
        new Verifier(reader.instance(INSTANCE), null, List.of()).verify(_ -> {});
    if (!report.good()) {
      throw new AssertionError("the log does not verify: " + report.findings());
    }
    return report;
  }

  @Override
  public synchronized void close() throws IOException {
    cursor.close();
  }
}
