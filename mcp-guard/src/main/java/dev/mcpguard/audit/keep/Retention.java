package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.RecordTime;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.SegmentReader;
import dev.mcpguard.audit.store.StoredLeaf;
import dev.mcpguard.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is older than the rule allows, whole packed segments at a time and oldest first,
 * each with a signed note. Tiles and checkpoints stay, so that what remains and every proof made
 * before still verify. Leaves go only when a checkpoint covers them. Not thread-safe.
 */
public final class Retention {
  private final InstanceFolder folder;
  private final RemovalNote note;
  private final InstantSource clock;
  private final LogFiles files = LogFiles.disk();

  /**
   * How long things are kept; null: for ever.
   *
   * @param payloads arguments and replies
   * @param records the leaves
   */
  public record Rule(@Nullable Duration payloads, @Nullable Duration records) {}

  public Retention(InstanceFolder folder, NoteSigner signer, InstantSource clock) {
    this.folder = folder;
    this.note = new RemovalNote(folder, signer);
    this.clock = clock;
  }

  /** Applies the rule; answers how many files were removed. */
  public int apply(Rule rule) throws IOException {
    try (KeeperLock lock = KeeperLock.take(folder)) {
      List<Long> starts = folder.segmentStarts();
      int removed = 0;
      boolean oldest = true;
      for (int i = 0; i + 1 < starts.size(); i++) {
        long first = starts.get(i);
        long end = starts.get(i + 1);
        // nothing in a segment is younger than the first record of the next
        String youngest = timeOfFirst(end);
        if (older(youngest, rule.payloads())) {
          removed += remove(folder.payloads(first), "payloads", first, end);
        }
        oldest &= older(youngest, rule.records()) && covered(end);
        if (oldest && Files.exists(folder.bundles(first))) {
          removed += remove(folder.payloads(first), "payloads", first, end);
          removed += remove(folder.bundles(first), "records", first, end);
          files.delete(folder.index(first));
        }
      }
      return removed;
    }
  }

  private boolean older(@Nullable String time, @Nullable Duration kept) {
    Instant now = clock.instant();
    // fixed-width UTC text compares like the times
    return time != null && kept != null && time.compareTo(RecordTime.text(now.minus(kept))) < 0;
  }

  private @Nullable String timeOfFirst(long segment) throws IOException {
    try (SegmentReader reader = SegmentReader.open(folder, segment)) {
      StoredLeaf leaf = reader.next();
      return leaf == null ? null : LeafScan.of(leaf.leaf(), 0).string("time");
    }
  }

  private boolean covered(long end) throws IOException {
    if (!Files.exists(folder.checkpoint())) {
      return false;
    }
    Checkpoint checkpoint = Checkpoint.ofText(Files.readString(folder.checkpoint()));
    return checkpoint != null && checkpoint.size() >= end;
  }

  private int remove(Path file, String what, long first, long end) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    JsonObject removed =
        JsonObject.builder()
            .put("what", what)
            .put("first", first)
            .put("end", end)
            .put("bytes", Files.size(file))
            .build();
    note.write(clock.instant(), "retention", removed);
    files.delete(file);
    files.forceFolder(folder.segments());
    return 1;
  }
}
