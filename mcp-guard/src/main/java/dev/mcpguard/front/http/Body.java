package dev.mcpguard.front.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects a body up to a limit; bytes are copied, no buffer crosses to another thread. */
final class Body {
  private final int limit;
  private byte[] bytes;
  private int size;

  /**
   * @param expected the declared length, or 0 if unknown
   * @param limit the most bytes
   */
  Body(int expected, int limit) {
    this.limit = limit;
    this.bytes = new byte[Math.clamp(expected, 0, Math.min(limit, 64 << 10))];
  }

  /** Adds what was read; false if the body is then over the limit. */
  boolean add(ByteBuf part) {
    int more = part.readableBytes();
    if (more > limit - size) {
      return false;
    }
    if (more > bytes.length - size) {
      long wanted = Math.max(2L * bytes.length, (long) size + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, wanted));
    }
    part.readBytes(bytes, size, more);
    size += more;
    return true;
  }

  byte[] bytes() {
    return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
  }
}
