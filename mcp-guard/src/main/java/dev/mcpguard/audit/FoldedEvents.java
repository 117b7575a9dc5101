package dev.mcpguard.audit;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Folds a flood of unauthenticated requests (F7): up to a rate each is recorded singly, above it
 * they are counted exactly and one event per interval says how many, by reason. Every request is in
 * a record of its own or in exactly one count. Thread-safe; call {@link #tick} at least once per
 * interval and {@link #flush} before closing the log.
 */
public final class FoldedEvents {
  private final CallLog log;
  private final InstantSource clock;
  private final String instance;
  private final int single;
  private final Duration interval;
  private final Object guard = new Object();
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private Instant start;
  private int seen;
  private long events;
  private final LongAdder folded = new LongAdder();

  /**
   * @param single requests recorded singly in one interval
   */
  public FoldedEvents(
      CallLog log, InstantSource clock, String instance, int single, Duration interval) {
    if (single < 0 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("the rate of single records is out of range");
    }
    this.log = log;
    this.clock = clock;
    this.instance = instance;
    this.single = single;
    this.interval = interval;
    this.start = clock.instant();
  }

  /**
   * Whether the caller should record this request singly; otherwise it was counted under {@code
   * reason}, a reason code.
   */
  public boolean recordSingly(String reason) throws AuditUnavailableException {
    try {
      tick();
    } catch (AuditUnavailableException unwritable) {
      // this request is in the counts that wait to be written, like those before it
      count(reason);
      throw unwritable;
    }
    synchronized (guard) {
      if (seen < single) {
        seen++;
        return true;
      }
      counts.merge(reason, 1L, Long::sum);
      folded.increment();
      return false;
    }
  }

  /** Counts a request whose own record could not be written. */
  public void count(String reason) {
    folded.increment();
    synchronized (guard) {
      counts.merge(reason, 1L, Long::sum);
    }
  }

  /** Requests counted rather than recorded singly, since the start. */
  public long folded() {
    return folded.sum();
  }

  /** Requests counted and not written yet. */
  long waiting() {
    synchronized (guard) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Writes the event of an interval that is over; cheap otherwise. */
  public void tick() throws AuditUnavailableException {
    Instant now = clock.instant();
    Folded event = null;
    synchronized (guard) {
      // a clock set back ends the interval too: it must not stay open for hours
      if (now.isBefore(start) || !now.isBefore(start.plus(interval))) {
        event = take(now);
      }
    }
    write(event);
  }

  /** Writes what is counted so far. */
  public void flush() throws AuditUnavailableException {
    Folded event;
    synchronized (guard) {
      event = take(clock.instant());
    }
    write(event);
  }

  /** An event, and the counts it takes out of memory once it is durable. */
  private record Folded(CallRecord event, Instant from, Map<String, Long> counts) {}

  private @Nullable Folded take(Instant now) {
    Instant from = start;
    start = now;
    seen = 0;
    if (counts.isEmpty()) {
      return null;
    }
    long total = 0;
    JsonObject.Builder reasons = JsonObject.builder();
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      reasons.put(count.getKey(), count.getValue().longValue());
      total += count.getValue();
    }
    Map<String, Long> taken = Map.copyOf(counts);
    counts.clear();
    JsonObject event =
        JsonObject.builder()
            .put("type", "requests-folded")
            .put("from", RecordTime.text(from))
            .put("to", RecordTime.text(now))
            .put("total", total)
            .put("reasons", reasons.build())
            .build();
    JsonObject body =
        JsonObject.builder()
            .put("time", RecordTime.text(now))
            .put("instance", instance)
            .put("event", event)
            .build();
    String id = "folded-" + instance + "-" + RecordTime.text(now) + "-" + ++events;
    return new Folded(new CallRecord(RecordKind.EVENT, id, body, Map.of()), from, taken);
  }

  /** Counts that cannot be written go back to be written later: none is lost while we run. */
  private void write(@Nullable Folded folded) throws AuditUnavailableException {
    if (folded == null) {
      return;
    }
    boolean written = false;
    try {
      log.settle(folded.event());
      written = true;
    } catch (RecordTooLargeException tooManyReasons) {
      throw new AuditUnavailableException("folded requests cannot be recorded", tooManyReasons);
    } finally {
      if (!written) {
        giveBack(folded);
      }
    }
  }

  private void giveBack(Folded folded) {
    synchronized (guard) {
      folded.counts().forEach((reason, count) -> counts.merge(reason, count, Long::sum));
      start = folded.from().isBefore(start) ? folded.from() : start;
    }
  }
}
