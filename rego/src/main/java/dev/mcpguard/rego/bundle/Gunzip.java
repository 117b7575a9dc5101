package dev.mcpguard.rego.bundle;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One gzip member (RFC 1952) that is the whole input. The JDK's stream goes on with whatever follows a
 * member and ignores what it does not know; a signed thing must be one thing, so this refuses both.
 */
final class Gunzip {
  private static final int FIXED = 10;
  private static final int TRAILER = 8;
  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int STEP = 1 << 16;

  private final byte[] packed;

  private Gunzip(byte[] packed) {
    this.packed = packed;
  }

  /** The unpacked bytes, at most {@code room} of them. */
  static byte[] unpack(byte[] packed, int room) throws RefusedBundleException {
    return new Gunzip(packed).unpack(room);
  }

  private byte[] unpack(int room) throws RefusedBundleException {
    int start = header();
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed, start, packed.length - start);
      byte[] out = inflate(inflater, room);
      int end = packed.length - inflater.getRemaining();
      if (packed.length - end < TRAILER) {
        throw truncated();
      }
      if (packed.length - end > TRAILER) {
        throw RefusedBundleException.archive("bytes follow the end of the gzip data");
      }
      CRC32 checksum = new CRC32();
      checksum.update(out);
      if (number(end) != (int) checksum.getValue() || number(end + 4) != out.length) {
        throw RefusedBundleException.archive("the gzip checksum is wrong");
      }
      return out;
    }
  }

  private static byte[] inflate(Inflater inflater, int room) throws RefusedBundleException {
    byte[] out = new byte[Math.min(room + 1, STEP)];
    int length = 0;
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(out, length, out.length - length);
        length += count;
        if (length > room) {
          throw RefusedBundleException.limits("it unpacks to more than " + room + " bytes");
        }
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw truncated();
        }
        if (length == out.length) {
          out = Arrays.copyOf(out, (int) Math.min(room + 1L, out.length * 2L));
        }
      }
    } catch (DataFormatException damaged) {
      throw RefusedBundleException.archive("the gzip data is damaged");
    }
    return Arrays.copyOf(out, length);
  }

  private int header() throws RefusedBundleException {
    if (packed.length < FIXED
        || (packed[0] & 0xff) != 0x1f || (packed[1] & 0xff) != 0x8b || packed[2] != 8) {
      throw RefusedBundleException.archive("it is no gzip archive");
    }
    int flags = packed[3] & 0xff;
    if (flags >= COMMENT * 2) {
      throw RefusedBundleException.archive("the gzip header is not understood");
    }
    int at = FIXED;
    if ((flags & EXTRA) != 0) {
      at += 2 + (at(at) | at(at + 1) << 8);
    }
    at = (flags & NAME) != 0 ? afterZero(at) : at;
    at = (flags & COMMENT) != 0 ? afterZero(at) : at;
    at += (flags & CHECKSUM) != 0 ? 2 : 0;
    if (at > packed.length) {
      throw truncated();
    }
    return at;
  }

  private int afterZero(int from) throws RefusedBundleException {
    int at = from;
    while (at(at) != 0) {
      at++;
    }
    return at + 1;
  }

  private int at(int index) throws RefusedBundleException {
    if (index >= packed.length) {
      throw truncated();
    }
    return packed[index] & 0xff;
  }

  private int number(int from) {
    return packed[from] & 0xff
        | (packed[from + 1] & 0xff) << 8
        | (packed[from + 2] & 0xff) << 16
        | (packed[from + 3] & 0xff) << 24;
  }

  private static RefusedBundleException truncated() {
    return RefusedBundleException.archive("the gzip data ends early");
  }
}
