package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameBuffer;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.GzipMember;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.SealedPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs closed segments: leaves become compressed tlog-tiles entry bundles, sealed payloads (which
 * do not compress) a file of their own. A crash at any point leaves the segment or its packed form
 * whole. Runs beside the guard, never on the request path. Not thread-safe.
 */
public final class SegmentPacker {
  private static final int LINK = 32;
  private static final int BUNDLE = 256;

  private final InstanceFolder folder;
  private final LogFiles files = LogFiles.disk();

  public SegmentPacker(InstanceFolder folder) {
    this.folder = folder;
  }

  /** Packs every segment that has a successor with records; answers how many. */
  public int pack() throws IOException {
    try (KeeperLock lock = KeeperLock.take(folder)) {
      List<Long> starts = folder.segmentStarts();
      int packed = 0;
      for (int i = 0; i + 1 < starts.size(); i++) {
        long first = starts.get(i);
        if (Files.exists(folder.segment(first)) && begun(starts.get(i + 1))) {
          pack(first, starts.get(i + 1));
          packed++;
        }
      }
      return packed;
    }
  }

  /** Whether closed segments wait that are more than {@code bytes} or older than {@code before}. */
  public boolean overdue(long bytes, Instant before) throws IOException {
    List<Long> starts = folder.segmentStarts();
    long waiting = 0;
    boolean old = false;
    for (int i = 0; i + 1 < starts.size(); i++) {
      Path segment = folder.segment(starts.get(i));
      if (Files.exists(segment)) {
        waiting += Files.size(segment);
        old |= Files.getLastModifiedTime(segment).toInstant().isBefore(before);
      }
    }
    return old || waiting > bytes;
  }

  private boolean begun(long first) throws IOException {
    if (!Files.exists(folder.segment(first))) {
      return true;
    }
    try (FrameReader frames = FrameReader.open(folder.segment(first))) {
      Frame head = frames.next();
      return head != null && head.type() == FrameType.SEGMENT && frames.next() != null;
    }
  }

  private void pack(long first, long end) throws IOException {
    Path bundles = temporary(folder.bundles(first));
    Path payloads = temporary(folder.payloads(first));
    try (FrameReader frames = FrameReader.open(folder.segment(first));
        LogChannel leaves = files.create(bundles);
        LogChannel sealed = files.create(payloads)) {
      long next = copy(first, frames, leaves, sealed);
      if (next != end || frames.position() != frames.size()) {
        throw new IOException(
            "segment " + first + " is damaged at record " + next + " and was not packed");
      }
      leaves.force();
      sealed.force();
    }
    files.rename(payloads, folder.payloads(first));
    files.rename(bundles, folder.bundles(first));
    files.forceFolder(folder.segments());
    files.delete(folder.segment(first));
    // offsets in the index were those of the plain segment
    files.delete(folder.index(first));
    files.forceFolder(folder.segments());
  }

  private Path temporary(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    files.delete(temporary);
    return temporary;
  }

  private static long copy(long first, FrameReader frames, LogChannel leaves, LogChannel sealed)
      throws IOException {
    long next = first;
    List<byte[]> bundle = new ArrayList<>();
    FrameBuffer buffer = new FrameBuffer();
    for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
      switch (frame.type()) {
        case SEGMENT -> {}
        case PAYLOAD -> {
          SealedPayload payload = SealedPayload.ofBody(frame.body());
          buffer.add(
              FrameType.PAYLOAD, frame.batch(), frame.sequence(), payload.wrappedKey(),
              payload.rest());
          sealed.append(buffer.bytes());
          buffer.clear();
        }
        case LEAF -> {
          bundle.add(frame.body());
          next++;
        }
      }
      if (bundle.size() == BUNDLE) {
        leaves.append(ByteBuffer.wrap(GzipMember.of(entries(bundle))));
        bundle.clear();
      }
    }
    if (!bundle.isEmpty()) {
      leaves.append(ByteBuffer.wrap(GzipMember.of(entries(bundle))));
    }
    return next;
  }

  /** Each leaf preceded by its length in two bytes: an entry bundle of C2SP tlog-tiles. */
  private static byte[] entries(List<byte[]> bodies) {
    int length = 0;
    for (byte[] body : bodies) {
      length += 2 + body.length - LINK;
    }
    ByteBuffer entries = ByteBuffer.allocate(length);
    for (byte[] body : bodies) {
      entries.putShort((short) (body.length - LINK));
      entries.put(body, LINK, body.length - LINK);
    }
    return entries.array();
  }
}
