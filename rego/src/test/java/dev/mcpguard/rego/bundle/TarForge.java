package dev.mcpguard.rego.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Makes any tar archive, also those no packer would make. */
final class TarForge {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  TarForge file(String path, String content) {
    return entry(path, '0', content.getBytes(StandardCharsets.UTF_8));
  }

  TarForge entry(String path, char type, byte[] content) {
    return raw(path.getBytes(StandardCharsets.UTF_8), type, content, header -> {});
  }

  /** An entry whose header is changed before its checksum is taken. */
  TarForge raw(byte[] path, char type, byte[] content, Consumer<byte[]> change) {
    byte[] header = new byte[BLOCK];
    System.arraycopy(path, 0, header, 0, Math.min(100, path.length));
    put(header, 100, "0000644\0");
    put(header, 124, String.format("%011o", content.length));
    put(header, 136, "00000000000");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    change.accept(header);
    put(header, 148, "        ");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    tar.writeBytes(header);
    tar.writeBytes(content);
    tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  TarForge bytes(byte[] bytes) {
    tar.writeBytes(bytes);
    return this;
  }

  /** With the two blank blocks that end an archive. */
  byte[] archive() {
    return bytes(new byte[2 * BLOCK]).unfinished();
  }

  /** As it stands, without an end. */
  byte[] unfinished() {
    return gzip(tar.toByteArray());
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }

  /** One record of an extended header. */
  static byte[] pax(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int digits = String.valueOf(length).length();
    int total = length + digits;
    total = String.valueOf(total).length() == digits ? total : total + 1;
    return (total + rest).getBytes(StandardCharsets.UTF_8);
  }
}
