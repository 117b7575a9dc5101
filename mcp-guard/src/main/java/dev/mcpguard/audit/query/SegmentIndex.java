package dev.mcpguard.audit.query;

import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.PackedSegment;
import dev.mcpguard.audit.store.SegmentReader;
import dev.mcpguard.audit.store.StoredLeaf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The index of a packed segment: per column 32 bits of hash per record, times, and where each
 * bundle starts. Never trusted for an answer: what it finds is confirmed from the record. Built
 * when missing and may be deleted at any time.
 *
 * <p>Format: magic (8 bytes), records (4), bundles (4), bundle offsets (8 each), times in
 * microseconds (8 each), then one column after the other (4 each record).
 */
final class SegmentIndex {
  private static final long MAGIC = 0x4d43504758303033L;
  private static final int BUNDLE = 256;

  private final Path file;
  private final int records;
  private final long[] bundles;

  private SegmentIndex(Path file, int records, long[] bundles) {
    this.file = file;
    this.records = records;
    this.bundles = bundles;
  }

  /** Builds the index of each packed segment that has none, so that the next question is quick. */
  static void ensure(InstanceFolder folder) throws IOException {
    for (long first : folder.segmentStarts()) {
      if (!Files.exists(folder.segment(first)) && read(folder.index(first)) == null) {
        build(folder, first);
      }
    }
  }

  /** Opens the index of a packed segment, building it when it is missing or of another format. */
  static SegmentIndex of(InstanceFolder folder, long first) throws IOException {
    SegmentIndex index = read(folder.index(first));
    if (index == null) {
      build(folder, first);
      index = read(folder.index(first));
    }
    if (index == null) {
      throw new IOException("the index `" + folder.index(first) + "` cannot be built");
    }
    return index;
  }

  private static @Nullable SegmentIndex read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = read(channel, 0, 16);
      if (head.remaining() < 16 || head.getLong() != MAGIC) {
        return null;
      }
      int records = head.getInt();
      int count = head.getInt();
      if (channel.size() != 16 + 8L * count + (8 + 4L * Column.values().length) * records) {
        return null;
      }
      long[] bundles = new long[count];
      read(channel, 16, 8 * count).asLongBuffer().get(bundles);
      return new SegmentIndex(file, records, bundles);
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
      // until whole
    }
    return bytes.flip();
  }

  /** Positions in the segment of the records that may match. */
  BitSet candidates(CallFilter filter) throws IOException {
    BitSet found = new BitSet(records);
    found.set(0, records);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long columns = 16 + 8L * bundles.length + 8L * records;
      for (Map.Entry<Column, String> wanted : filter.values().entrySet()) {
        int hash = wanted.getValue().hashCode();
        long at = columns + 4L * records * wanted.getKey().ordinal();
        ByteBuffer column = read(channel, at, 4 * records);
        for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
          if (column.getInt(4 * i) != hash) {
            found.clear(i);
          }
        }
      }
      if (filter.from() != null || filter.to() != null) {
        ByteBuffer times = read(channel, 16 + 8L * bundles.length, 8 * records);
        withinTime(filter, times, found);
      }
    }
    return found;
  }

  private static void withinTime(CallFilter filter, ByteBuffer times, BitSet found) {
    long from = filter.from() == null ? Long.MIN_VALUE : micros(filter.from());
    long to = filter.to() == null ? Long.MAX_VALUE : micros(filter.to());
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      long time = times.getLong(8 * i);
      if (time < from || time > to) {
        found.clear(i);
      }
    }
  }

  /** Where the bundle lies that holds the record at {@code position}. */
  long bundleOf(int position) {
    return bundles[position / BUNDLE];
  }

  private static void build(InstanceFolder folder, long first) throws IOException {
    List<Long> bundles = new ArrayList<>();
    List<long[]> rows = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.open(folder, first)) {
      if (!(reader instanceof PackedSegment)) {
        throw new IOException("only packed segments have an index");
      }
      for (StoredLeaf leaf = reader.next(); leaf != null; leaf = reader.next()) {
        if (rows.size() % BUNDLE == 0) {
          bundles.add(leaf.offset());
        }
        rows.add(row(LeafScan.of(leaf.leaf(), 0)));
      }
    }
    LogFiles files = LogFiles.disk();
    Path temporary = Files.createTempFile(folder.segments(), "index", ".tmp");
    try {
      Files.write(temporary, bytes(bundles, rows));
      files.rename(temporary, folder.index(first));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static long[] row(LeafScan leaf) {
    Column[] columns = Column.values();
    long[] row = new long[1 + columns.length];
    row[0] = time(leaf.string("time"));
    for (Column column : columns) {
      String value = column.of(leaf);
      row[1 + column.ordinal()] = value == null ? 0 : value.hashCode();
    }
    return row;
  }

  private static byte[] bytes(List<Long> bundles, List<long[]> rows) {
    int columns = Column.values().length;
    ByteBuffer bytes =
        ByteBuffer.allocate(16 + 8 * bundles.size() + (8 + 4 * columns) * rows.size());
    bytes.putLong(MAGIC).putInt(rows.size()).putInt(bundles.size());
    bundles.forEach(bytes::putLong);
    rows.forEach(row -> bytes.putLong(row[0]));
    for (int column = 1; column <= columns; column++) {
      for (long[] row : rows) {
        bytes.putInt((int) row[column]);
      }
    }
    return bytes.array();
  }

  private static long time(@Nullable String text) {
    try {
      return text == null ? Long.MIN_VALUE : micros(Instant.parse(text));
    } catch (DateTimeParseException notATime) {
      return Long.MIN_VALUE;
    }
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }
}
