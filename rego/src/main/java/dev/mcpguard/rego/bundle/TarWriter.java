package dev.mcpguard.rego.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;

/**
 * Writes regular files as a gzipped POSIX tar (ustar). The same files give the same bytes: no times, no
 * owners, names in order.
 */
final class TarWriter {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;

  private TarWriter() {}

  static byte[] write(SortedMap<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] content = file.getValue();
        gzip.write(header(file.getKey(), content.length));
        gzip.write(content);
        gzip.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
      }
      gzip.write(new byte[2 * BLOCK]);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] header(String path, int size) {
    byte[] header = new byte[BLOCK];
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    int split = name.length <= NAME ? -1 : split(path);
    if (split < 0) {
      put(header, 0, path);
    } else {
      put(header, 0, path.substring(split + 1));
      put(header, 345, path.substring(0, split));
    }
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, String.format("%011o", size));
    put(header, 136, "00000000000");
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 148, String.format("%06o", checksum(header)));
    header[155] = ' ';
    return header;
  }

  /** Where a long path is divided between the two fields for names. */
  private static int split(String path) {
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      int before = path.substring(0, i).getBytes(StandardCharsets.UTF_8).length;
      int after = path.substring(i + 1).getBytes(StandardCharsets.UTF_8).length;
      if (before <= PREFIX && after <= NAME) {
        return i;
      }
    }
    throw new IllegalArgumentException("the path `" + path + "` is too long for a bundle");
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static int checksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    return sum;
  }
}
