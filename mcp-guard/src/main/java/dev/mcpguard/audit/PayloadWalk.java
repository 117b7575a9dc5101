package dev.mcpguard.audit;

import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.audit.store.PayloadSealer;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.JsonObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of one instance, read along with its records: each file once, from the front, however many
 * records are asked for. Going back is possible and starts the segment again. Not thread-safe.
 */
public final class PayloadWalk implements AutoCloseable {
  private final CallLogReader reader;
  private final InstanceFolder folder;
  private @Nullable PayloadSealer sealer;
  private @Nullable FrameReader frames;
  private @Nullable Frame ahead;
  private long segment = -1;
  private long end = -1;
  private long at = -1;

  PayloadWalk(CallLogReader reader, String instance) {
    this.reader = reader;
    this.folder = reader.instance(instance);
  }

  /** A payload of a record, proven against the digest the leaf names. */
  public PayloadReading read(LogEntry entry, JsonObject record, String role) throws IOException {
    SealedPayload sealed = find(entry.sequence(), role);
    if (sealed == null && end == Long.MAX_VALUE && folder.segmentStarts().getLast() > segment) {
      // the segment that was the last has been followed by another meanwhile
      close();
      sealed = find(entry.sequence(), role);
    }
    if (sealed == null) {
      return new PayloadReading.Absent();
    }
    PayloadReading refused = CallLogReader.refused(sealed, record, role);
    return refused == null ? sealer().open(sealed) : refused;
  }

  private PayloadSealer sealer() throws IOException {
    PayloadSealer known = sealer;
    if (known == null) {
      known = reader.opener(folder);
      sealer = known;
    }
    return known;
  }

  private @Nullable SealedPayload find(long sequence, String role) throws IOException {
    FrameReader open = open(sequence);
    at = sequence;
    if (open == null) {
      return null;
    }
    Frame frame = ahead == null ? open.next() : ahead;
    for (; frame != null && frame.sequence() <= sequence; frame = open.next()) {
      ahead = frame;
      if (frame.sequence() == sequence && frame.type() == FrameType.PAYLOAD) {
        SealedPayload payload = SealedPayload.ofBody(frame.body());
        if (payload.role().equals(role)) {
          return payload;
        }
      }
      if (frame.sequence() == sequence && frame.type() == FrameType.LEAF) {
        return null;
      }
    }
    ahead = frame;
    return null;
  }

  private @Nullable FrameReader open(long sequence) throws IOException {
    if (frames != null && sequence >= at && sequence < end) {
      return frames;
    }
    close();
    segment = -1;
    end = Long.MAX_VALUE;
    for (long start : folder.segmentStarts()) {
      if (start <= sequence) {
        segment = start;
      } else {
        end = Math.min(end, start);
      }
    }
    try {
      frames = CallLogReader.openFrames(folder, segment);
    } catch (NoSuchFileException removedByRetention) {
      frames = null;
    }
    return frames;
  }

  @Override
  public void close() throws IOException {
    if (frames != null) {
      frames.close();
      frames = null;
    }
    ahead = null;
    at = -1;
  }
}
