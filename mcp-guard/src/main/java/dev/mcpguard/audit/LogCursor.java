package dev.mcpguard.audit;

import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PackedSegment;
import dev.mcpguard.audit.store.SegmentReader;
import dev.mcpguard.audit.store.StoredLeaf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the records of one instance in order, across segments, also while they are being written:
 * null means nothing more for now, and the question may be asked again. Records that retention
 * removed are skipped. Not thread-safe; memory is one buffer.
 */
public final class LogCursor implements AutoCloseable {
  private final InstanceFolder folder;
  private long next;
  private long segment = -1;
  private @Nullable SegmentReader reader;

  LogCursor(InstanceFolder folder, long from) {
    this.folder = folder;
    this.next = from;
  }

  /** The next record, or null when there is none (yet). */
  public @Nullable LogEntry next() throws IOException {
    LogEntry found = scan();
    while (found == null) {
      long successor = successor();
      // INVARIANT: a segment is complete before its successor appears, so it is looked at once more
      // after the successor was seen, or what was written in between would be skipped
      found = scan();
      if (found == null && successor < 0) {
        return null;
      }
      if (found == null) {
        open(successor);
        found = scan();
      }
    }
    return found;
  }

  private @Nullable LogEntry scan() throws IOException {
    SegmentReader current = reader;
    if (current == null) {
      return null;
    }
    for (StoredLeaf leaf = current.next(); leaf != null; leaf = current.next()) {
      if (leaf.sequence() >= next) {
        next = leaf.sequence() + 1;
        return new LogEntry(folder.instance(), leaf.sequence(), leaf.leaf());
      }
    }
    return null;
  }

  /** The segment to read after the current one, or -1; at first, the one that holds the start. */
  private long successor() throws IOException {
    List<Long> starts = folder.segmentStarts();
    if (segment >= 0) {
      return starts.stream().filter(start -> start > segment).findFirst().orElse(-1L);
    }
    long first = -1;
    for (long start : starts) {
      // records before the first segment were removed by retention
      if (start <= next || first < 0) {
        first = start;
      }
    }
    return first;
  }

  private void open(long start) throws IOException {
    close();
    next = Math.max(next, start);
    SegmentReader opened = SegmentReader.open(folder, start);
    if (opened instanceof PackedSegment packed && next > start) {
      packed.seekSequence(next);
    }
    reader = opened;
    segment = start;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
