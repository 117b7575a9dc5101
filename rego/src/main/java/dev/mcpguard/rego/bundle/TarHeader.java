package dev.mcpguard.rego.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One header block of a tar archive in the POSIX or the GNU form, its checksum verified. */
record TarHeader(byte[] path, char type, long size) {
  static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;
  private static final String POSIX = "ustar\0";
  private static final String GNU = "ustar ";

  /** Reads the block at an index that lies within the archive. */
  static TarHeader read(byte[] tar, int at) throws RefusedBundleException {
    byte[] block = Arrays.copyOfRange(tar, at, at + BLOCK);
    String magic = new String(block, 257, 6, StandardCharsets.ISO_8859_1);
    if (!magic.equals(POSIX) && !magic.equals(GNU)) {
      throw RefusedBundleException.archive("it is no tar archive of the POSIX or GNU form");
    }
    if (octal(block, 148, 8) != checksum(block)) {
      throw RefusedBundleException.archive("a tar header is damaged");
    }
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    // GNU keeps times where POSIX keeps the beginning of a long path.
    byte[] prefix = magic.equals(POSIX) ? field(block, 345, PREFIX) : new byte[0];
    if (prefix.length > 0) {
      path.writeBytes(prefix);
      path.write('/');
    }
    path.writeBytes(field(block, 0, NAME));
    return new TarHeader(path.toByteArray(), (char) (block[156] & 0xff), octal(block, 124, 12));
  }

  /** Whether the block is all zero: the mark of the end. */
  static boolean blank(byte[] tar, int at) {
    for (int i = at; i < at + BLOCK; i++) {
      if (tar[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] field(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, from, end);
  }

  private static long octal(byte[] block, int from, int length) throws RefusedBundleException {
    String text = new String(field(block, from, length), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("[0-7]{1,12}")) {
      throw RefusedBundleException.archive("a number of a tar header is not octal");
    }
    return Long.parseLong(text, 8);
  }

  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    return sum;
  }
}
