package dev.mcpguard.audit.store;

import org.jspecify.annotations.Nullable;

/** What a frame of a segment holds. */
public enum FrameType {
  /** The start of a segment: format, first sequence number, link before it, open admissions. */
  SEGMENT('S', 0),
  /** A record: its link of the chain, then the leaf. */
  LEAF('L', 0),
  /** A sealed payload of the next leaf. */
  PAYLOAD('P', SealedPayload.KEY_LENGTH);

  /** Bytes of a frame before its body: mark, length, batch, sequence number, checksum. */
  public static final int FRAME_HEAD = 28;

  private static final int MARK = ('M' << 24) | ('G' << 16) | ('1' << 8);

  private final int mark;
  private final int erasable;

  FrameType(char letter, int erasable) {
    this.mark = MARK | letter;
    this.erasable = erasable;
  }

  int mark() {
    return mark;
  }

  /** Bytes at the start of the body that may be overwritten later and carry their own checksum. */
  int erasable() {
    return erasable;
  }

  static @Nullable FrameType ofMark(int mark) {
    for (FrameType type : values()) {
      if (type.mark == mark) {
        return type;
      }
    }
    return null;
  }
}
