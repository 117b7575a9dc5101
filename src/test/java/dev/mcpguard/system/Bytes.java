package dev.mcpguard.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes and the text they stand for, one char for one byte where a test wants to see exactly what
 * was sent.
 */
final class Bytes {
  private Bytes() {}

  /** ISO 8859-1: every byte becomes the char of the same number. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Where {@code wanted} begins in {@code bytes} at or after {@code from}, or -1. */
  static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int start = from; start <= bytes.length - wanted.length; start++) {
      int length = 0;
      while (length < wanted.length && bytes[start + length] == wanted[length]) {
        length++;
      }
      if (length == wanted.length) {
        return start;
      }
    }
    return -1;
  }
}
