package dev.mcpguard.rego.syntax;

/** Decodes the inside of string literals; the opening quote is already taken. */
final class StringScanner {
  private final Cursor cursor;

  StringScanner(Cursor cursor) {
    this.cursor = cursor;
  }

  /** A plain string up to and with its closing quote. */
  String plain(int quote, Location start) {
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = cursor.peek();
      checkInside(c, quote, start);
      Location here = cursor.location();
      cursor.take();
      if (c == quote) {
        return text.toString();
      }
      if (c == '\\' && quote == '"') {
        escape(text, here);
      } else {
        text.append((char) c);
      }
    }
  }

  /** Template text up to, but without, the closing quote or an opening brace. */
  String template(int quote, Location start) {
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = cursor.peek();
      checkInside(c, quote, start);
      if (c == quote || c == '{') {
        return text.toString();
      }
      Location here = cursor.location();
      cursor.take();
      if (c == '\\' && (cursor.peek() == '{')) {
        text.append((char) cursor.take());
      } else if (c == '\\' && quote == '"') {
        escape(text, here);
      } else {
        text.append((char) c);
      }
    }
  }

  private static void checkInside(int c, int quote, Location start) {
    if (c < 0 || quote == '"' && c == '\n') {
      throw new ParseFailure(start, "string is not closed");
    }
    if (quote == '"' && c < ' ' && c != '\t') {
      throw new ParseFailure(start, "control character in string");
    }
  }

  private void escape(StringBuilder text, Location here) {
    int c = cursor.take();
    switch (c) {
      case '"', '\\', '/' -> text.append((char) c);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> text.append(unicode(here));
      default -> throw new ParseFailure(here, "illegal escape sequence in string");
    }
  }

  private char unicode(Location here) {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(cursor.take(), 16);
      if (digit < 0) {
        throw new ParseFailure(here, "illegal unicode escape in string");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }
}
