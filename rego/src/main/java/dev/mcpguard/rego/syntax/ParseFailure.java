package dev.mcpguard.rego.syntax;

/** Unwinds the parser to its entry point, which turns it into a {@link RegoError}. */
final class ParseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Location location;

  private final boolean listLike;

  ParseFailure(Location location, String message) {
    this(location, message, false);
  }

  private ParseFailure(Location location, String message, boolean listLike) {
    super(message, null, false, false);
    this.location = location;
    this.listLike = listLike;
  }

  /** Marks a failure at a comma that followed the first literal of a would-be comprehension. */
  ParseFailure afterLiteral(boolean comma) {
    return comma ? new ParseFailure(location, String.valueOf(getMessage()), true) : this;
  }

  boolean listLike() {
    return listLike;
  }

  Location location() {
    return location;
  }

  RegoError error() {
    return new RegoError(RegoError.PARSE, String.valueOf(getMessage()), location);
  }
}
