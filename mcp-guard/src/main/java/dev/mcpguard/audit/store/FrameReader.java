package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a segment file in order, also while it is being written: {@link #next}
 * answers null at the first place where no whole, correct frame lies, and may be asked again later.
 * Memory is one buffer. Not thread-safe.
 */
public final class FrameReader implements AutoCloseable {
  /** The longest body read; anything longer is damage. */
  static final int MAX_BODY = 96 << 20;

  private static final int CHUNK = 1 << 18;

  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);
  private long position;

  private FrameReader(FileChannel channel) {
    this.channel = channel;
  }

  public static FrameReader open(Path segment) throws IOException {
    return new FrameReader(FileChannel.open(segment, StandardOpenOption.READ));
  }

  /** Where the next frame is expected. */
  public long position() {
    return position;
  }

  /** Bytes of the file now. */
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * Where the zeros begin that end the file, at {@code from} or later: a busy writer lays its
   * segment out ahead. The size of the file when it ends otherwise.
   */
  public long endOfData(long from) throws IOException {
    byte[] chunk = new byte[CHUNK];
    byte[] zeros = new byte[CHUNK];
    long end = from;
    for (long base = from; ; base += CHUNK) {
      int read = channel.read(ByteBuffer.wrap(chunk), base);
      if (read <= 0) {
        return end;
      }
      if (Arrays.mismatch(chunk, 0, read, zeros, 0, read) >= 0) {
        int last = read;
        while (chunk[last - 1] == 0) {
          last--;
        }
        end = base + last;
      }
    }
  }

  /** Continues at {@code offset}. */
  public void seek(long offset) {
    position = offset;
    buffer.limit(0);
  }

  /** The next frame, or null when the bytes here are not one (the end, a torn tail, or damage). */
  public @Nullable Frame next() throws IOException {
    if (!fill(FrameType.FRAME_HEAD)) {
      return null;
    }
    int start = buffer.position();
    FrameType type = FrameType.ofMark(buffer.getInt(start));
    int length = buffer.getInt(start + 4);
    if (type == null || length < type.erasable() || length > MAX_BODY) {
      return forget();
    }
    if (!fill(FrameType.FRAME_HEAD + length) || !correct(type, length)) {
      return forget();
    }
    start = buffer.position();
    byte[] body = new byte[length];
    buffer.get(start + FrameType.FRAME_HEAD, body);
    Frame frame =
        new Frame(type, position, buffer.getLong(start + 8), buffer.getLong(start + 16), body);
    buffer.position(start + FrameType.FRAME_HEAD + length);
    position = frame.end();
    return frame;
  }

  /**
   * Whether the file, or what was written of it, ends within the frame that starts here, so that it
   * may be on its way: its head is right as far as it is there, and no mark of another follows.
   */
  public boolean cut() throws IOException {
    long end = endOfData(position);
    long left = end - position;
    if (left >= FrameType.FRAME_HEAD) {
      ByteBuffer head = ByteBuffer.allocate(FrameType.FRAME_HEAD);
      channel.read(head, position);
      FrameType type = FrameType.ofMark(head.getInt(0));
      int length = head.getInt(4);
      boolean sound = type != null && length >= type.erasable() && length <= MAX_BODY;
      if (!sound || left >= FrameType.FRAME_HEAD + (long) length) {
        return false;
      }
    }
    ByteBuffer mark = ByteBuffer.allocate(4);
    for (long at = findMark(position + 4, end); at >= 0; at = findMark(at + 1, end)) {
      channel.read(mark.clear(), at);
      if (FrameType.ofMark(mark.getInt(0)) != null) {
        return false;
      }
    }
    return true;
  }

  /** The first place from {@code from} on where the mark of a frame could start, or -1. */
  public long findMark(long from, long end) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long base = from; base < end; base += CHUNK - 3) {
      int read = channel.read(ByteBuffer.wrap(chunk), base);
      for (int i = 0; i + 3 < read; i++) {
        if (chunk[i] == 'M' && chunk[i + 1] == 'G' && chunk[i + 2] == '1') {
          return base + i;
        }
      }
    }
    return -1;
  }

  private boolean correct(FrameType type, int length) {
    int start = buffer.position();
    int covered = FrameType.FRAME_HEAD + type.erasable();
    checksum.reset();
    checksum.update(buffer.array(), start, FrameType.FRAME_HEAD - 4);
    checksum.update(buffer.array(), start + covered, length - type.erasable());
    return (int) checksum.getValue() == buffer.getInt(start + FrameType.FRAME_HEAD - 4);
  }

  /** Drops what was read ahead: a writer may be completing it. */
  private @Nullable Frame forget() {
    buffer.limit(buffer.position());
    return null;
  }

  private boolean fill(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return true;
    }
    if (channel.size() - position < bytes) {
      return false;
    }
    ByteBuffer target = bytes <= buffer.capacity() ? buffer : ByteBuffer.allocate(bytes);
    int kept = buffer.remaining();
    System.arraycopy(buffer.array(), buffer.position(), target.array(), 0, kept);
    target.clear().position(kept);
    while (target.hasRemaining() && channel.read(target, position + target.position()) > 0) {
      // until the buffer is full or the file ends
    }
    buffer = target.flip();
    return buffer.remaining() >= bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
