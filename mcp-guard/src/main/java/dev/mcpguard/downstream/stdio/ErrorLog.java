package dev.mcpguard.downstream.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the standard error of a child. The first lines go to the log, cut and made printable; a
 * flood is read and dropped, so that neither the child blocks nor the log fills (threat E7).
 */
final class ErrorLog implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorLog.class);
  private static final int MOST_LINES = 40;
  private static final int LONGEST = 200;

  private final String server;
  private final InputStream in;
  private final StringBuilder line = new StringBuilder();
  private int lines;

  ErrorLog(String server, InputStream in) {
    this.server = server;
    this.in = in;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[8 << 10];
    try (in) {
      int read = in.read(buffer);
      while (read >= 0) {
        take(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        read = in.read(buffer);
      }
    } catch (IOException closed) {
      // the child is gone
    }
  }

  private void take(String text) {
    for (int i = 0; i < text.length() && lines < MOST_LINES; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        LOG.info("server `{}` says: {}", server, line);
        line.setLength(0);
        lines++;
      } else if (line.length() < LONGEST) {
        line.append(c >= ' ' && c < 0x7f ? c : '?');
      }
    }
  }
}
