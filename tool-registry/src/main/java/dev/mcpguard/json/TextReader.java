package dev.mcpguard.json;

import java.io.Reader;

/** Reads a string without the locking of {@link java.io.StringReader}; one thread, one parse. */
final class TextReader extends Reader {
  private final String text;
  private int at;

  TextReader(String text) {
    this.text = text;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    if (at >= text.length()) {
      return -1;
    }
    int count = Math.min(length, text.length() - at);
    text.getChars(at, at + count, target, offset);
    at += count;
    return count;
  }

  @Override
  public void close() {}
}
