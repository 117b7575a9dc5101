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
    if (reader == null && !open()) {
      return null;
    }
    LogEntry found = scan();
    while (found == null && open()) {
      found = scan();
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

  /** Opens the segment that holds {@code next} or else the first after it, unless it is open. */
  private boolean open() throws IOException {
    long wanted = -1;
    List<Long> starts = folder.segmentStarts();
    for (long start : starts) {
      if (start <= next || wanted < 0) {
        wanted = start;
      }
    }
    if (wanted == segment) {
      int after = starts.indexOf(wanted) + 1;
      // a record that cannot be read ends its segment; the next one may still be told
      if (after >= starts.size() || after == 0) {
        return false;
      }
      wanted = starts.get(after);
      next = Math.max(next, wanted);
    }
    close();
    SegmentReader opened = SegmentReader.open(folder, wanted);
    if (opened instanceof PackedSegment packed && next > wanted) {
      packed.seekSequence(next);
    }
    reader = opened;
    segment = wanted;
    return true;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
