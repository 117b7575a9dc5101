package dev.mcpguard.audit;

import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.FrameBuffer;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.audit.store.SegmentHead;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Appends records to the last segment and begins new ones. After any exception it must not be used
 * again. Not thread-safe: the committer's.
 */
final class SegmentWriter implements AutoCloseable {
  /** Segments begin at multiples of this, the width of a tile, so that bundles never straddle. */
  static final int BUNDLE = 256;

  private final LogFiles files;
  private final InstanceFolder folder;
  private final long segmentBytes;
  private final FrameBuffer buffer = new FrameBuffer();
  private final TreeHash hash = new TreeHash();
  private final Map<String, Long> open;

  private final Runway runway;
  private final FreshHashes fresh = new FreshHashes();

  private LogChannel channel;
  /** Whether zeros lie behind what was written, to be cut off when the segment ends. */
  private boolean laidOut;

  private boolean sound = true;
  private long written;
  private long next;
  private long batch;
  private byte[] link;

  private SegmentWriter(
      LogFiles files, InstanceFolder folder, long segmentBytes, LogTail tail, LogChannel channel)
      throws IOException {
    this.runway = new Runway(files, folder, segmentBytes);
    this.files = files;
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.channel = channel;
    this.open = new HashMap<>(tail.open());
    this.written = tail.end();
    this.next = tail.next();
    this.batch = tail.next();
    this.link = tail.link();
  }

  /** Continues after {@code tail}, first cutting off what was torn. */
  static SegmentWriter resume(
      LogFiles files, InstanceFolder folder, long segmentBytes, LogTail tail) throws IOException {
    if (tail.fresh()) {
      SegmentHead head = new SegmentHead(tail.link(), tail.open());
      LogChannel channel = files.create(folder.segment(tail.next()));
      begin(channel, tail.next(), head);
      files.forceFolder(folder.segments());
      return new SegmentWriter(files, folder, segmentBytes, tail, channel);
    }
    LogChannel channel = files.open(folder.segment(tail.first()));
    if (tail.torn() > 0 || tail.blank() > 0) {
      channel.truncate(tail.end());
    }
    // a killed guard may have left records the disk does not have yet; from here on they count
    channel.force();
    return new SegmentWriter(files, folder, segmentBytes, tail, channel);
  }

  /** Adds {@code entry} to the current batch and gives it its sequence number. */
  void stage(Pending.Entry entry) {
    long sequence = next++;
    byte[] leaf = entry.draft().leaf(sequence);
    for (SealedPayload payload : entry.payloads()) {
      buffer.add(FrameType.PAYLOAD, batch, sequence, payload.wrappedKey(), payload.rest());
    }
    byte[] leafHash = hash.leaf(leaf);
    fresh.put(sequence, leafHash);
    link = hash.link(link, leafHash);
    buffer.add(FrameType.LEAF, batch, sequence, link, leaf);
    entry.sequence(sequence);
    switch (entry.kind()) {
      case ADMISSION -> open.put(entry.decisionId(), sequence);
      case OUTCOME -> open.remove(entry.decisionId());
      case REFUSAL, EVENT -> {}
    }
  }

  /** Whether the batch should end here so that a new segment can begin. */
  boolean full() {
    return next % BUNDLE == 0 && written + buffer.size() >= segmentBytes;
  }

  /** Writes the batch and returns once it is on stable storage. */
  void flush() throws IOException {
    if (buffer.size() == 0) {
      return;
    }
    sound = false;
    channel.append(buffer.bytes());
    channel.force();
    sound = true;
    written += buffer.size();
    batch = next;
    buffer.clear();
    runway.used(written);
    if (full()) {
      rotate();
    }
  }

  private void rotate() throws IOException {
    sound = false;
    if (laidOut) {
      channel.truncate(written);
      channel.force();
    }
    channel.close();
    LogChannel prepared = runway.take(folder.segment(next));
    laidOut = prepared != null;
    channel = prepared == null ? files.create(folder.segment(next)) : prepared;
    written = begin(channel, next, new SegmentHead(link, open));
    files.forceFolder(folder.segments());
    sound = true;
  }

  /** Writes the head of a segment and answers its length. */
  private static long begin(LogChannel channel, long first, SegmentHead head) throws IOException {
    FrameBuffer frame = new FrameBuffer();
    frame.add(FrameType.SEGMENT, first, first, head.body());
    channel.append(frame.bytes());
    channel.force();
    return frame.size();
  }

  /** The hashes of what was staged; thread-safe. */
  FreshHashes fresh() {
    return fresh;
  }

  /** Records written, all durable after a {@link #flush}. */
  long size() {
    return next;
  }

  @Override
  public void close() throws IOException {
    if (laidOut && sound) {
      channel.truncate(written);
    }
    channel.close();
    runway.close();
  }
}
