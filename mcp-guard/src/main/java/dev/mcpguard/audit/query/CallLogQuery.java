package dev.mcpguard.audit.query;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.audit.store.PackedSegment;
import dev.mcpguard.audit.store.SegmentReader;
import dev.mcpguard.audit.store.StoredLeaf;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Finds records in the logs of all instances, while guards may be writing. Streams: memory does not
 * grow with the log. Packed segments are searched by index, others by reading them. Thread-safe.
 */
public final class CallLogQuery {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final CallLogReader reader;

  public CallLogQuery(CallLogReader reader) {
    this.reader = reader;
  }

  /** Builds the indexes that are missing; a question would build those it needs. */
  public static void index(InstanceFolder folder) throws IOException {
    SegmentIndex.ensure(folder);
  }

  /**
   * Hands every match to {@code sink}, instance by instance and in order within each, until the
   * sink answers false.
   */
  public void each(CallFilter filter, Predicate<LogEntry> sink) throws IOException {
    for (String instance : reader.instances()) {
      InstanceFolder folder = reader.instance(instance);
      for (long first : folder.segmentStarts()) {
        if (!search(folder, first, filter, sink)) {
          return;
        }
      }
    }
  }

  /** The last {@code limit} matches over all instances, oldest first by the time they name. */
  public List<LogEntry> last(CallFilter filter, int limit) throws IOException {
    List<LogEntry> found = new ArrayList<>();
    for (String instance : reader.instances()) {
      InstanceFolder folder = reader.instance(instance);
      ArrayDeque<LogEntry> ofInstance = new ArrayDeque<>();
      for (long first : folder.segmentStarts().reversed()) {
        ArrayDeque<LogEntry> ofSegment = new ArrayDeque<>();
        search(folder, first, filter, entry -> keep(entry, ofSegment, limit));
        while (!ofSegment.isEmpty() && ofInstance.size() < limit) {
          ofInstance.addFirst(ofSegment.removeLast());
        }
        if (ofInstance.size() >= limit) {
          break;
        }
      }
      found.addAll(ofInstance);
    }
    found.sort(Comparator.comparing(CallLogQuery::time));
    return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
  }

  private static boolean keep(LogEntry entry, ArrayDeque<LogEntry> kept, int limit) {
    kept.addLast(entry);
    if (kept.size() > limit) {
      kept.removeFirst();
    }
    return true;
  }

  private static String time(LogEntry entry) {
    String time = LeafScan.of(entry.leaf(), 0).string("time");
    return time == null ? "" : time;
  }

  /** Hands over records as they are written, from now on, while {@code running}. */
  public void tail(CallFilter filter, Predicate<LogEntry> sink, BooleanSupplier running)
      throws IOException, InterruptedException {
    Map<String, LogCursor> cursors = new HashMap<>();
    try {
      boolean first = true;
      while (running.getAsBoolean()) {
        for (String instance : reader.instances()) {
          // an instance that appears while we watch is shown from its beginning
          long from = first ? end(instance) : 0;
          cursors.computeIfAbsent(instance, name -> reader.cursor(name, from));
        }
        first = false;
        for (LogCursor cursor : cursors.values()) {
          if (!drain(cursor, filter, sink)) {
            return;
          }
        }
        Thread.sleep(PAUSE);
      }
    } finally {
      for (LogCursor cursor : cursors.values()) {
        cursor.close();
      }
    }
  }

  private static boolean drain(LogCursor cursor, CallFilter filter, Predicate<LogEntry> sink)
      throws IOException {
    for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
      if (filter.matches(LeafScan.of(entry.leaf(), 0)) && !sink.test(entry)) {
        return false;
      }
    }
    return true;
  }

  private long end(String instance) throws IOException {
    List<Long> starts = reader.instance(instance).segmentStarts();
    long end = starts.isEmpty() ? 0 : starts.getLast();
    try (LogCursor cursor = reader.cursor(instance, end)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        end = entry.sequence() + 1;
      }
    }
    return end;
  }

  private static boolean search(
      InstanceFolder folder, long first, CallFilter filter, Predicate<LogEntry> sink)
      throws IOException {
    try (SegmentReader segment = SegmentReader.open(folder, first)) {
      boolean selective = !filter.values().isEmpty() || filter.from() != null;
      if (segment instanceof PackedSegment packed && (selective || filter.to() != null)) {
        return searchPacked(folder, first, packed, filter, sink);
      }
      for (StoredLeaf leaf = segment.next(); leaf != null; leaf = segment.next()) {
        if (!offer(folder, leaf, filter, sink)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean searchPacked(
      InstanceFolder folder,
      long first,
      PackedSegment segment,
      CallFilter filter,
      Predicate<LogEntry> sink)
      throws IOException {
    SegmentIndex index = SegmentIndex.of(folder, first);
    BitSet candidates = index.candidates(filter);
    long position = -1;
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      boolean sameBundle = position >= 0 && position / 256 == i / 256;
      if (!sameBundle) {
        segment.seek(index.bundleOf(i), first + i);
        position = i;
      }
      StoredLeaf leaf = segment.next();
      while (leaf != null && leaf.sequence() < first + i) {
        leaf = segment.next();
      }
      position = i;
      if (leaf != null && !offer(folder, leaf, filter, sink)) {
        return false;
      }
    }
    return true;
  }

  private static boolean offer(
      InstanceFolder folder, StoredLeaf leaf, CallFilter filter, Predicate<LogEntry> sink) {
    if (!filter.matches(LeafScan.of(leaf.leaf(), 0))) {
      return true;
    }
    return sink.test(new LogEntry(folder.instance(), leaf.sequence(), leaf.leaf()));
  }
}
