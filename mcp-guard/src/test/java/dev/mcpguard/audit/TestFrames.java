package dev.mcpguard.audit;

import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.store.FrameBuffer;
import dev.mcpguard.audit.store.FrameType;
import java.util.List;

/** Frames written without a log. */
final class TestFrames {
  private TestFrames() {}

  /** {@code count} refusals from {@code first} on as one group commit. */
  static byte[] batch(long first, int count, byte[] linkBefore) throws Exception {
    FrameBuffer buffer = new FrameBuffer();
    TreeHash hash = new TreeHash();
    byte[] link = linkBefore;
    for (long sequence = first; sequence < first + count; sequence++) {
      byte[] leaf =
          LeafDraft.of(Records.refusal("b-" + sequence, "policy-denied"), List.of()).leaf(sequence);
      link = hash.link(link, hash.leaf(leaf));
      buffer.add(FrameType.LEAF, first, sequence, link, leaf);
    }
    byte[] bytes = new byte[buffer.size()];
    buffer.bytes().get(bytes);
    return bytes;
  }
}
