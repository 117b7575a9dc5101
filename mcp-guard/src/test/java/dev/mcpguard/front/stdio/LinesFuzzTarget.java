package dev.mcpguard.front.stdio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target (threat E7): the lines of the stdio front are those between line feeds, none longer
 * than the bound, and a line over it is told once and hides nothing behind it. The first byte is the
 * bound.
 */
public final class LinesFuzzTarget {
  private LinesFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int limit = 1 + (data[0] & 0x3f);
    byte[] text = Arrays.copyOfRange(data, 1, data.length);
    List<String> expected = expected(text, limit);
    List<String> read = new ArrayList<>();
    try {
      Lines lines = new Lines(new ByteArrayInputStream(text), limit);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        read.add(Lines.tooLong(line) ? "too long" : Arrays.toString(line));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    if (!read.equals(expected)) {
      throw new AssertionError(read + " instead of " + expected);
    }
  }

  private static List<String> expected(byte[] text, int limit) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= text.length; end++) {
      if (end == text.length || text[end] == '\n') {
        int from = start;
        while (from < end && text[from] == '\r') {
          from++;
        }
        if (end - from > limit) {
          lines.add("too long");
        } else if (end > from) {
          lines.add(Arrays.toString(Arrays.copyOfRange(text, from, end)));
        }
        start = end + 1;
      }
    }
    return lines;
  }
}
