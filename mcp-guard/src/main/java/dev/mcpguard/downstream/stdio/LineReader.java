package dev.mcpguard.downstream.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes that are not longer than a bound. Not thread-safe. */
final class LineReader {
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[16 << 10];
  private int from;
  private int to;

  LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** A line was longer than the bound; where the next one starts is not known. */
  static final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The next line without its end, or null at the end; a last line without an end is dropped. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (true) {
      if (from == to) {
        int read = in.read(buffer);
        if (read < 0) {
          return null;
        }
        from = 0;
        to = read;
      }
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      if (line.size() + end - from > longest) {
        throw new LineTooLongException();
      }
      line.write(buffer, from, end - from);
      boolean complete = end < to;
      from = complete ? end + 1 : to;
      if (complete) {
        return withoutReturn(line.toByteArray());
      }
    }
  }

  private static byte[] withoutReturn(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r'
        ? Arrays.copyOf(line, line.length - 1)
        : line;
  }
}
