package dev.mcpguard.rego.syntax;

/** A place in a source text: offset in characters from 0, line and column from 1. */
public record Location(SourceFile source, int offset, int line, int column) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Location that
        && offset == that.offset
        && source.name().equals(that.source.name());
  }

  @Override
  public int hashCode() {
    return 31 * offset + source.name().hashCode();
  }

  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
