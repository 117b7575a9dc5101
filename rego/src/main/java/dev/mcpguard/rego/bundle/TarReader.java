package dev.mcpguard.rego.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Reads a gzipped tar (ustar, pax headers skipped unless they rename) into memory. Refused are paths that
 * leave the bundle or can be read in two ways, links and devices, a name twice, and whatever exceeds the
 * limits: the expanded size is bounded while reading, so a bomb ends early.
 */
final class TarReader {
  private static final int BLOCK = 512;

  private final BundleLimits limits;
  private final InputStream in;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private long expanded;
  private int entries;

  private TarReader(InputStream in, BundleLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  static SortedMap<String, byte[]> read(byte[] archive, BundleLimits limits)
      throws BundleException {
    if (archive.length > limits.compressed()) {
      throw new BundleException("the bundle is larger than " + limits.compressed() + " bytes");
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      TarReader reader = new TarReader(gzip, limits);
      reader.all();
      return reader.files;
    } catch (IOException malformed) {
      throw new BundleException("the bundle is no gzipped tar: " + malformed.getMessage(), malformed);
    }
  }

  private void all() throws IOException, BundleException {
    while (true) {
      byte[] header = block();
      if (header.length == 0 || isZero(header)) {
        return;
      }
      if (++entries > limits.files()) {
        throw new BundleException("the bundle has more than " + limits.files() + " entries");
      }
      entry(header);
    }
  }

  private void entry(byte[] header) throws IOException, BundleException {
    if (checksum(header) != octal(header, 148, 8)) {
      throw new BundleException("the bundle is damaged: a header has a wrong checksum");
    }
    String name = name(header);
    byte[] content = content(octal(header, 124, 12), name);
    switch (header[156]) {
      case 0, '0' -> add(name, content);
      case '5' -> path(name);
      case 'x', 'g' -> pax(content);
      default ->
          throw new BundleException("`" + name + "` is no regular file: links are not allowed");
    }
  }

  private void add(String name, byte[] content) throws BundleException {
    String path = path(name);
    if (path.isEmpty() || files.put(path, content) != null) {
      throw new BundleException("the file `" + path + "` is in the bundle twice");
    }
  }

  /** Extended headers say times and owners; one that renames is another way to read a path. */
  private static void pax(byte[] content) throws BundleException {
    String text = new String(content, StandardCharsets.UTF_8);
    for (String key : List.of(" path=", " linkpath=", " size=")) {
      if (text.contains(key)) {
        throw new BundleException("extended headers that change names or sizes are not allowed");
      }
    }
  }

  private static String name(byte[] header) throws BundleException {
    boolean posix = new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    String prefix = posix ? text(header, 345, 155) : "";
    String name = text(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The path without leading {@code ./} or {@code /}, which OPA's own tools write. */
  private static String path(String name) throws BundleException {
    String path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    path = path.startsWith("/") ? path.substring(1) : path;
    path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean odd = path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == 0xfffd);
    List<String> parts = List.of(path.split("/", -1));
    boolean leaves = parts.contains("..") || parts.contains(".");
    if (odd || leaves || (!path.isEmpty() && parts.contains(""))) {
      throw new BundleException("the path `" + printable(name) + "` is not allowed in a bundle");
    }
    return path;
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  private byte[] content(long size, String name) throws IOException, BundleException {
    if (size > limits.file()) {
      throw new BundleException(
          "`" + printable(name) + "` is larger than " + limits.file() + " bytes");
    }
    count(size);
    byte[] content = in.readNBytes((int) size);
    int padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    if (content.length != size || in.readNBytes(padding).length != padding) {
      throw new BundleException("the bundle ends within `" + printable(name) + "`");
    }
    return content;
  }

  private byte[] block() throws IOException, BundleException {
    count(BLOCK);
    byte[] block = in.readNBytes(BLOCK);
    if (block.length != 0 && block.length != BLOCK) {
      throw new BundleException("the bundle ends within a header");
    }
    return block;
  }

  private void count(long bytes) throws BundleException {
    expanded += bytes;
    if (expanded > limits.expanded()) {
      throw new BundleException("the bundle expands to more than " + limits.expanded() + " bytes");
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  static int checksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  private static long octal(byte[] header, int at, int length) throws BundleException {
    String digits =
        new String(header, at, length, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new BundleException("the bundle is damaged: a header has a number that is none");
    }
    return Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int at, int length) throws BundleException {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Arrays.copyOfRange(header, at, end)))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new BundleException("a name in the bundle is not UTF-8", notText);
    }
  }
}
