package dev.mcpguard.rego.syntax;

import java.util.function.IntPredicate;

/** A position that moves over a source text and counts lines and columns. */
final class Cursor {
  private final SourceFile source;
  private final String text;
  private int offset;
  private int line = 1;
  private int column = 1;

  Cursor(SourceFile source) {
    this.source = source;
    this.text = source.text();
  }

  int offset() {
    return offset;
  }

  Location location() {
    return new Location(source, offset, line, column);
  }

  /** The character under the cursor, or -1 at the end. */
  int peek() {
    return offset < text.length() ? text.charAt(offset) : -1;
  }

  int peekSecond() {
    return offset + 1 < text.length() ? text.charAt(offset + 1) : -1;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, offset);
  }

  int take() {
    int c = peek();
    offset++;
    if (c == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    return c;
  }

  String takeWhile(IntPredicate wanted) {
    int start = offset;
    while (offset < text.length() && wanted.test(text.charAt(offset))) {
      take();
    }
    return text.substring(start, offset);
  }
}
