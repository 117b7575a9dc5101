package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Reads the leaves of one segment in order, whatever form it is in. Not thread-safe. */
public sealed interface SegmentReader extends AutoCloseable permits PlainSegment, PackedSegment {
  /** The next leaf; null at the end, or where something else than a whole leaf lies. */
  @Nullable StoredLeaf next() throws IOException;

  /** Skips to the leaf whose {@link StoredLeaf#offset} is or precedes {@code offset}. */
  void seek(long offset, long sequence) throws IOException;

  @Override
  void close() throws IOException;

  /** Opens the segment that starts at {@code first}, packed or not. */
  static SegmentReader open(InstanceFolder folder, long first) throws IOException {
    try {
      return PlainSegment.open(folder, first);
    } catch (NoSuchFileException packedMeanwhile) {
      return PackedSegment.open(folder, first);
    }
  }
}
