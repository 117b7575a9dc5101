package dev.mcpguard.audit.store;

/**
 * One frame of a segment, checksum proven.
 *
 * @param type what it holds
 * @param offset where it starts in the segment file
 * @param batch the group commit that wrote it; a later one starts only after this one was synced
 * @param sequence of the record it belongs to
 * @param body what it holds; owned by the receiver
 */
public record Frame(FrameType type, long offset, long batch, long sequence, byte[] body) {
  /** Where the next frame starts. */
  public long end() {
    return offset + FrameType.FRAME_HEAD + body.length;
  }

  /** Where the body starts in the segment file. */
  public long bodyOffset() {
    return offset + FrameType.FRAME_HEAD;
  }
}
