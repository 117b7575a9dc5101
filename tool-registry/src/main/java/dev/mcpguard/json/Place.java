package dev.mcpguard.json;

/** A line and column, counted from 1, columns in UTF-16 code units. */
record Place(int line, int column) {
  /** The place of a character offset, cut to the text. */
  static Place at(String text, long offset) {
    int end = (int) Math.clamp(offset, 0, text.length());
    int line = 1;
    int lineStart = 0;
    for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      line++;
      lineStart = at + 1;
    }
    return new Place(line, end - lineStart + 1);
  }

  MalformedJsonException refuse(String problem) {
    return new MalformedJsonException(problem, line, column);
  }
}
