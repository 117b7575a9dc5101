package dev.mcpguard.audit;

import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.SegmentHead;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a log at start. Bytes of an unfinished group commit are torn and may go; damage
 * to anything that was ever acknowledged is never repaired but refused.
 */
final class Recovery {
  private final LogFiles files;
  private final InstanceFolder folder;
  private final TreeHash hash = new TreeHash();

  Recovery(LogFiles files, InstanceFolder folder) {
    this.files = files;
    this.folder = folder;
  }

  LogTail tail() throws IOException, AuditUnavailableException {
    List<Long> starts = folder.segmentStarts();
    if (starts.isEmpty()) {
      return new LogTail(true, 0, 0, 0, 0, 0, new byte[TreeHash.LENGTH], Map.of());
    }
    long last = starts.getLast();
    Path segment = folder.segment(last);
    if (!Files.exists(segment)) {
      throw new AuditUnavailableException(
          "the newest segment " + last + " of the call log is missing; restore it or start a new "
              + "instance folder");
    }
    try (FrameReader reader = FrameReader.open(segment)) {
      Frame head = reader.next();
      if (head == null) {
        return withoutUnbegun(last, reader);
      }
      return scan(last, head, reader);
    }
  }

  /**
   * A segment whose head never became durable holds nothing: it goes, and the one before counts.
   */
  private LogTail withoutUnbegun(long first, FrameReader reader)
      throws IOException, AuditUnavailableException {
    if (laterBatch(reader, reader.size()) >= 0) {
      throw damaged(first, 0, first);
    }
    files.delete(folder.segment(first));
    files.forceFolder(folder.segments());
    return tail();
  }

  private LogTail scan(long first, Frame head, FrameReader reader)
      throws IOException, AuditUnavailableException {
    if (head.type() != FrameType.SEGMENT || head.sequence() != first) {
      throw damaged(first, 0, first);
    }
    SegmentHead start = SegmentHead.ofBody(head.body());
    TreeMap<String, Long> open = new TreeMap<>(start.open());
    byte[] link = start.link();
    long next = first;
    long end = head.end();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      if (frame.sequence() != next) {
        throw damaged(first, frame.offset(), next);
      }
      if (frame.type() == FrameType.LEAF) {
        link = follow(link, frame, first);
        track(frame, open);
        next++;
        // payload frames count only with the leaf behind them
        end = frame.end();
      }
    }
    long size = reader.size();
    reader.seek(end);
    if (laterBatch(reader, size) > next) {
      throw damaged(first, end, next);
    }
    long data = reader.endOfData(end);
    return new LogTail(false, first, end, data - end, size - data, next, link, open);
  }

  private byte[] follow(byte[] link, Frame frame, long first) throws AuditUnavailableException {
    byte[] body = frame.body();
    byte[] expected =
        hash.link(link, hash.leaf(body, TreeHash.LENGTH, body.length - TreeHash.LENGTH));
    if (!Arrays.equals(expected, Arrays.copyOf(body, TreeHash.LENGTH))) {
      throw damaged(first, frame.offset(), frame.sequence());
    }
    return expected;
  }

  private static void track(Frame frame, TreeMap<String, Long> open) {
    LeafScan leaf = LeafScan.of(frame.body(), TreeHash.LENGTH);
    @Nullable String decisionId = leaf.string("decision_id");
    if (decisionId == null) {
      return;
    }
    if (RecordKind.ADMISSION.text().equals(leaf.string("kind"))) {
      open.put(decisionId, frame.sequence());
    } else if (RecordKind.OUTCOME.text().equals(leaf.string("kind"))) {
      open.remove(decisionId);
    }
  }

  /**
   * The highest batch of any whole frame beyond the reader's position, or -1. A batch is named by
   * its first sequence number and starts only after the one before was synced: a batch above {@code
   * next} proves that record {@code next} was acknowledged.
   */
  private static long laterBatch(FrameReader reader, long size) throws IOException {
    long highest = -1;
    for (long at = reader.position(); at + FrameType.FRAME_HEAD <= size; at++) {
      at = reader.findMark(at, size);
      if (at < 0) {
        break;
      }
      reader.seek(at);
      Frame frame = reader.next();
      if (frame != null) {
        highest = Math.max(highest, frame.batch());
        at = frame.end() - 1;
      }
    }
    return highest;
  }

  private static AuditUnavailableException damaged(long first, long offset, long sequence) {
    return new AuditUnavailableException(
        "the call log is damaged: record " + sequence + " in segment " + first + ", byte " + offset
            + "; it had been acknowledged and is not repaired; run `mcp-guard audit verify`");
  }
}
