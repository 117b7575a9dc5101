package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of a closed segment: one gzip member per tlog-tiles entry bundle of 256 leaves, each
 * leaf preceded by its length in two bytes. The members of one file make one valid gzip file.
 */
public final class PackedSegment implements SegmentReader {
  private final FileChannel channel;
  private final long first;
  private long member;
  private long nextMember;
  private long bundleStart;
  private long sequence;
  private ByteBuffer bundle = ByteBuffer.allocate(0);

  private PackedSegment(FileChannel channel, long first) {
    this.channel = channel;
    this.first = first;
    this.bundleStart = first;
    this.sequence = first;
  }

  static PackedSegment open(InstanceFolder folder, long first) throws IOException {
    return new PackedSegment(
        FileChannel.open(folder.bundles(first), StandardOpenOption.READ), first);
  }

  @Override
  public @Nullable StoredLeaf next() throws IOException {
    if (!bundle.hasRemaining() && !advance()) {
      return null;
    }
    if (bundle.remaining() < 2) {
      return null;
    }
    int length = bundle.getShort(bundle.position()) & 0xffff;
    if (bundle.remaining() < 2 + length) {
      return null;
    }
    byte[] leaf = new byte[length];
    bundle.get(bundle.position() + 2, leaf);
    bundle.position(bundle.position() + 2 + length);
    return new StoredLeaf(sequence++, leaf, null, member);
  }

  private boolean advance() throws IOException {
    byte[] content = GzipMember.read(channel, nextMember);
    if (content == null) {
      return false;
    }
    bundleStart = sequence;
    member = nextMember;
    nextMember = GzipMember.end(channel, nextMember);
    bundle = ByteBuffer.wrap(content);
    return true;
  }

  /**
   * The bundle that starts at the reader's position, as tlog-tiles serves it, or null at the end.
   */
  public byte @Nullable [] nextBundle() throws IOException {
    if (!advance()) {
      return null;
    }
    byte[] content = bundle.array();
    while (next(content)) {
      sequence++;
    }
    return content;
  }

  private boolean next(byte[] content) {
    if (bundle.remaining() < 2) {
      return false;
    }
    int length = bundle.getShort(bundle.position()) & 0xffff;
    if (bundle.remaining() < 2 + length) {
      return false;
    }
    bundle.position(bundle.position() + 2 + length);
    return true;
  }

  @Override
  public void seek(long offset, long wanted) throws IOException {
    // a bundle holds 256 leaves: count within it
    nextMember = offset;
    sequence = first + (wanted - first) / 256 * 256;
    bundle = ByteBuffer.allocate(0);
    while (sequence < wanted && next() != null) {
      // up to the leaf before
    }
  }

  /** Offsets of members are found by hopping from the start; for when no index exists. */
  public void seekSequence(long wanted) throws IOException {
    long offset = 0;
    for (long skip = (wanted - first) / 256; skip > 0; skip--) {
      offset = GzipMember.end(channel, offset);
      if (offset < 0) {
        offset = channel.size();
        break;
      }
    }
    seek(offset, wanted);
  }

  /** First sequence number of the bundle last opened. */
  public long bundleStart() {
    return bundleStart;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
