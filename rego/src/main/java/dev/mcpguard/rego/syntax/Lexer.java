package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.syntax.Token.TemplatePiece;
import java.util.ArrayList;
import java.util.List;

/** Source text to tokens and comments. */
final class Lexer {
  private static final List<String> LONG_SYMBOLS = List.of(":=", "==", "!=", "<=", ">=");
  private static final String SHORT_SYMBOLS = "()[]{},;:.=<>+-*/%&|";
  private static final int DEEPEST_TEMPLATE = 16;

  private final Cursor cursor;
  private final List<Comment> comments = new ArrayList<>();
  private int templateDepth;

  Lexer(SourceFile source) {
    this.cursor = new Cursor(source);
  }

  List<Comment> comments() {
    return comments;
  }

  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      Token token = next();
      tokens.add(token);
      if (token.kind() == TokenKind.END) {
        return tokens;
      }
    }
  }

  private Token next() {
    skipBlank();
    Location start = cursor.location();
    int c = cursor.peek();
    if (c < 0) {
      return token(TokenKind.END, "", start);
    }
    if (c == '"' || c == '`') {
      cursor.take();
      return token(TokenKind.STRING, new StringScanner(cursor).plain(c, start), start);
    }
    if (c == '$') {
      return template(start);
    }
    if (isNameStart(c)) {
      return token(TokenKind.NAME, cursor.takeWhile(Lexer::isNamePart), start);
    }
    if (isDigit(c)) {
      return token(TokenKind.NUMBER, number(start), start);
    }
    return symbol(start, c);
  }

  private Token symbol(Location start, int c) {
    for (String symbol : LONG_SYMBOLS) {
      if (cursor.startsWith(symbol)) {
        cursor.take();
        cursor.take();
        return token(TokenKind.SYMBOL, symbol, start);
      }
    }
    if (SHORT_SYMBOLS.indexOf(c) < 0) {
      throw new ParseFailure(start, "illegal character `" + Character.toString(c) + "`");
    }
    cursor.take();
    return token(TokenKind.SYMBOL, Character.toString(c), start);
  }

  private Token token(TokenKind kind, String text, Location start) {
    return new Token(kind, text, start, cursor.offset(), List.of());
  }

  private void skipBlank() {
    while (true) {
      int c = cursor.peek();
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        cursor.take();
      } else if (c == '#') {
        Location start = cursor.location();
        cursor.take();
        comments.add(new Comment(cursor.takeWhile(x -> x != '\n' && x != '\r'), start));
      } else {
        return;
      }
    }
  }

  private String number(Location start) {
    StringBuilder text = new StringBuilder(cursor.takeWhile(Lexer::isDigit));
    if (text.length() > 1 && text.charAt(0) == '0') {
      throw new ParseFailure(start, "illegal number format: leading zero");
    }
    if (cursor.peek() == '.' && isDigit(cursor.peekSecond())) {
      text.append((char) cursor.take()).append(cursor.takeWhile(Lexer::isDigit));
    }
    if (cursor.peek() == 'e' || cursor.peek() == 'E') {
      text.append((char) cursor.take());
      if (cursor.peek() == '+' || cursor.peek() == '-') {
        text.append((char) cursor.take());
      }
      if (!isDigit(cursor.peek())) {
        throw new ParseFailure(start, "illegal number format: exponent without digits");
      }
      text.append(cursor.takeWhile(Lexer::isDigit));
    }
    if (isNameStart(cursor.peek())) {
      throw new ParseFailure(start, "illegal number format: `" + text + "` runs into a name");
    }
    return text.toString();
  }

  private Token template(Location start) {
    cursor.take();
    int quote = cursor.peek();
    if (quote != '"' && quote != '`') {
      throw new ParseFailure(start, "expected a string after `$`");
    }
    if (++templateDepth > DEEPEST_TEMPLATE) {
      throw new ParseFailure(start, "template strings are nested too deeply");
    }
    cursor.take();
    List<TemplatePiece> pieces = new ArrayList<>();
    while (true) {
      String text = new StringScanner(cursor).template(quote, start);
      if (!text.isEmpty()) {
        pieces.add(new Token.Text(text));
      }
      Location here = cursor.location();
      if (cursor.take() == quote) {
        break;
      }
      pieces.add(new Token.Embedded(embedded(here), here));
    }
    templateDepth--;
    return new Token(TokenKind.TEMPLATE, "", start, cursor.offset(), List.copyOf(pieces));
  }

  /** The tokens up to the brace that closes the template expression. */
  private List<Token> embedded(Location open) {
    List<Token> tokens = new ArrayList<>();
    int depth = 0;
    while (true) {
      Token token = next();
      if (token.kind() == TokenKind.END) {
        throw new ParseFailure(open, "template expression is not closed");
      }
      if (token.isSymbol("}") && depth-- == 0) {
        tokens.add(new Token(TokenKind.END, "", token.location(), token.end(), List.of()));
        return tokens;
      }
      depth += token.isSymbol("{") ? 1 : 0;
      tokens.add(token);
    }
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isNameStart(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isNamePart(int c) {
    return isNameStart(c) || isDigit(c);
  }
}
