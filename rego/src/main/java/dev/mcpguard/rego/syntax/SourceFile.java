package dev.mcpguard.rego.syntax;

/** A named source text. The name is only for messages; nothing is read from disk. Immutable. */
public record SourceFile(String name, String text) {

  /** The text of a 1-based line without its line end, or an empty string when there is none. */
  public String line(int number) {
    int start = 0;
    for (int current = 1; current < number; current++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return "";
      }
      start = end + 1;
    }
    int end = text.indexOf('\n', start);
    String line = end < 0 ? text.substring(start) : text.substring(start, end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public String toString() {
    return name;
  }
}
