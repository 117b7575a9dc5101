package dev.mcpguard.audit.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Collects the frames of one group commit. A frame is a mark with its type (4 bytes), the length of
 * the body (4), batch (8), sequence (8), CRC-32C of all this and the body (4), and the body;
 * big-endian. Not thread-safe.
 */
public final class FrameBuffer {
  private static final int KEPT = 8 << 20;

  private final CRC32C checksum = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private ByteBuffer view = buffer.duplicate();

  /** Adds a frame whose body is the concatenation of {@code parts}. */
  public void add(FrameType type, long batch, long sequence, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    reserve(FrameType.FRAME_HEAD + length);
    int start = buffer.position();
    buffer.putInt(type.mark()).putInt(length).putLong(batch).putLong(sequence).putInt(0);
    for (byte[] part : parts) {
      buffer.put(part);
    }
    int covered = start + FrameType.FRAME_HEAD + type.erasable();
    checksum.reset();
    checksum.update(window(start, start + FrameType.FRAME_HEAD - 4));
    checksum.update(window(covered, buffer.position()));
    buffer.putInt(start + FrameType.FRAME_HEAD - 4, (int) checksum.getValue());
  }

  private ByteBuffer window(int from, int to) {
    return view.limit(to).position(from);
  }

  /** Bytes collected. */
  public int size() {
    return buffer.position();
  }

  /** The frames collected, valid until the next {@link #clear}. */
  public ByteBuffer bytes() {
    return buffer.duplicate().flip();
  }

  public void clear() {
    if (buffer.capacity() > KEPT) {
      buffer = ByteBuffer.allocateDirect(1 << 20);
      view = buffer.duplicate();
    }
    buffer.clear();
  }

  private void reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + bytes);
      ByteBuffer larger = ByteBuffer.allocateDirect((int) Math.min(wanted, Integer.MAX_VALUE - 8));
      larger.put(buffer.flip());
      buffer = larger;
      view = buffer.duplicate();
    }
  }
}
