package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.audit.store.SegmentHead;
import dev.mcpguard.audit.store.SegmentReader;
import dev.mcpguard.audit.store.StoredLeaf;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks all segments and checks everything below the meaning of the leaves: frames, order, the
 * chain within and across segments, payload digests. Stops at the first finding. Not thread-safe.
 */
final class VerifiedRecords implements AutoCloseable {
  /** A leaf whose frame and link are right. */
  record Leaf(long sequence, byte[] hash, LeafScan scan) {}

  private final InstanceFolder folder;
  private final PayloadRules rules;
  private final PatientTail tail;
  private final List<Long> starts;
  private final TreeHash hash = new TreeHash();
  private final List<SealedPayload> payloads = new ArrayList<>();
  private int segment = -1;
  private long next;
  private byte @Nullable [] link;
  private @Nullable FrameReader plain;
  private @Nullable SegmentReader packed;
  private @Nullable FrameReader sealed;
  private @Nullable Frame ahead;
  private @Nullable Finding finding;

  VerifiedRecords(InstanceFolder folder, PayloadRules rules, PatientTail tail)
      throws IOException {
    this.folder = folder;
    this.rules = rules;
    this.tail = tail;
    this.starts = folder.segmentStarts();
    this.next = first();
    this.link = next == 0 ? new byte[TreeHash.LENGTH] : null;
  }

  /** Sequence number of the first record that is still there. */
  long first() {
    return starts.isEmpty() ? 0 : starts.getFirst();
  }

  @Nullable Finding finding() {
    return finding;
  }

  /** The next good leaf; null at the end or at a finding. */
  @Nullable Leaf next() throws IOException {
    try {
      return proceed();
    } catch (IndexOutOfBoundsException
        | BufferUnderflowException
        | IllegalArgumentException forged) {
      fail("record " + next + " stands in a frame that no guard wrote");
      return null;
    }
  }

  private @Nullable Leaf proceed() throws IOException {
    Leaf leaf = read();
    while (leaf == null && finding == null && segment + 1 < starts.size()) {
      advance();
      leaf = finding == null ? read() : null;
    }
    return leaf;
  }

  private void advance() throws IOException {
    close();
    segment++;
    long start = starts.get(segment);
    if (start != next) {
      fail("record " + next + " is missing: the next segment starts at " + start);
      return;
    }
    try {
      plain = FrameReader.open(folder.segment(start));
    } catch (NoSuchFileException isPacked) {
      openPacked(start);
      return;
    }
    Frame head = plain.next();
    if (head == null && last() && tail.completes(plain)) {
      head = plain.next();
    }
    if (head == null || head.type() != FrameType.SEGMENT || head.sequence() != start) {
      fail("segment " + start + " has no whole head");
      return;
    }
    byte[] before = SegmentHead.ofBody(head.body()).link();
    if (link != null && !Arrays.equals(link, before)) {
      fail("segment " + start + " does not continue the chain of the one before it");
    }
    link = before;
  }

  private void openPacked(long start) throws IOException {
    packed = SegmentReader.open(folder, start);
    Path kept = folder.payloads(start);
    sealed = Files.exists(kept) ? FrameReader.open(kept) : null;
    ahead = sealed == null ? null : sealed.next();
  }

  private boolean last() {
    return segment + 1 == starts.size();
  }

  private @Nullable Leaf read() throws IOException {
    if (packed != null) {
      return readPacked(packed);
    }
    return plain == null ? null : readPlain(plain);
  }

  private @Nullable Leaf readPacked(SegmentReader reader) throws IOException {
    StoredLeaf stored = reader.next();
    if (stored == null) {
      if (ahead != null || (sealed != null && sealed.position() < sealed.size())) {
        fail("the payloads kept with segment " + starts.get(segment) + " are damaged");
        return null;
      }
      long end = segment + 1 < starts.size() ? starts.get(segment + 1) : Long.MAX_VALUE;
      if (next < end) {
        fail("record " + next + " cannot be read: its bundle is damaged or cut");
      }
      return null;
    }
    while (ahead != null && sealed != null && ahead.sequence() == next) {
      payloads.add(SealedPayload.ofBody(ahead.body()));
      ahead = sealed.next();
    }
    return named(leaf(stored.leaf(), 0));
  }

  private @Nullable Leaf readPlain(FrameReader reader) throws IOException {
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      if (frame.sequence() != next || frame.batch() > next) {
        fail("record " + frame.sequence() + " stands where record " + next + " belongs");
        return null;
      }
      switch (frame.type()) {
        case SEGMENT -> fail("a second segment head stands before record " + next);
        case PAYLOAD -> payloads.add(SealedPayload.ofBody(frame.body()));
        case LEAF -> {
          return readLeaf(frame);
        }
      }
      if (finding != null) {
        return null;
      }
    }
    // zeros laid out ahead end the last segment only: they are cut off before the next one begins
    long end = last() ? reader.endOfData(reader.position()) : reader.size();
    boolean torn = reader.position() < end || !payloads.isEmpty();
    // beside a writing guard the last frames may be on their way: whole ones end the reading
    if (torn && !(last() && tail.completes(reader))) {
      fail(
          "record " + next + " is damaged, or a torn tail, at byte " + reader.position() + " of `"
              + folder.segment(starts.get(segment)).getFileName() + "`");
    }
    return null;
  }

  private @Nullable Leaf readLeaf(Frame frame) {
    byte[] body = frame.body();
    byte[] before = link;
    Leaf leaf = leaf(body, TreeHash.LENGTH);
    if (before != null && !Arrays.equals(link, Arrays.copyOf(body, TreeHash.LENGTH))) {
      return fail(leaf.sequence(), "record " + leaf.sequence() + " does not continue the chain");
    }
    return named(leaf);
  }

  private @Nullable Leaf named(Leaf leaf) {
    String problem = rules.problem(leaf.scan(), leaf.sequence(), payloads);
    payloads.clear();
    if (problem != null) {
      return fail(leaf.sequence(), problem);
    }
    next++;
    return leaf;
  }

  private Leaf leaf(byte[] bytes, int offset) {
    byte[] leafHash = hash.leaf(bytes, offset, bytes.length - offset);
    if (link != null) {
      link = hash.link(link, leafHash);
    }
    return new Leaf(next, leafHash, LeafScan.of(bytes, offset));
  }

  private void fail(String problem) {
    finding = new Finding(next, problem);
  }

  private @Nullable Leaf fail(long sequence, String problem) {
    finding = new Finding(sequence, problem);
    return null;
  }

  @Override
  public void close() throws IOException {
    if (plain != null) {
      plain.close();
      plain = null;
    }
    if (packed != null) {
      packed.close();
      packed = null;
    }
    if (sealed != null) {
      sealed.close();
      sealed = null;
    }
  }
}
