package dev.mcpguard.front.stdio;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length; a longer one is skipped to its end. One thread. */
final class Lines {
  private static final byte[] TOO_LONG = new byte[0];

  private final InputStream in;
  private final int limit;

  Lines(InputStream in, int limit) {
    this.in = new BufferedInputStream(in, 64 << 10);
    this.limit = limit;
  }

  /** Whether this stands for a line over the limit. */
  static boolean tooLong(byte[] line) {
    return line.length == 0;
  }

  /** The next line that is not empty, or null at the end; one over the limit comes empty. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    boolean tooLong = false;
    while (true) {
      int b = in.read();
      if (b == '\n' || b < 0) {
        if (tooLong) {
          return TOO_LONG;
        }
        if (b < 0) {
          return line.size() == 0 ? null : line.toByteArray();
        }
        if (line.size() > 0) {
          return line.toByteArray();
        }
      } else if (line.size() == limit) {
        tooLong = true;
      } else if (b != '\r' || line.size() > 0) {
        line.write(b);
      }
    }
  }
}
