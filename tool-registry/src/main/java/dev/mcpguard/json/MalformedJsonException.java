package dev.mcpguard.json;

/**
 * A document was refused by the strict parser. The message says what and where, and holds at most a
 * short escaped excerpt of the document, so that it may be logged and returned.
 */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int line;
  private final int column;

  public MalformedJsonException(String problem, int line, int column) {
    // no stack trace: hostile input must not be able to buy one per message
    super(problem, null, false, false);
    this.problem = problem;
    this.line = line;
    this.column = column;
  }

  /** What is wrong, in lower case, without the place. */
  public String problem() {
    return problem;
  }

  /** The line, counted from 1. */
  public int line() {
    return line;
  }

  /**
   * The column in UTF-16 code units, counted from 1; where the parser stopped, so one may be late.
   */
  public int column() {
    return column;
  }

  /** The place and the problem: {@code line 1, column 8: duplicate name `a`}. */
  @Override
  public String getMessage() {
    return "line " + line + ", column " + column + ": " + problem;
  }
}
