package dev.mcpguard.rego.syntax;

import java.util.List;
import java.util.Set;

/** A position in a list of tokens, with the nesting bound and the source of wildcard names. */
final class Tokens {
  static final Set<String> KEYWORDS =
      Set.of(
          "as", "contains", "data", "default", "else", "every", "false", "if", "import", "in",
          "input", "not", "null", "package", "some", "true", "with");
  private static final int DEEPEST = 400;

  /** State that streams over embedded token lists share with their parent. */
  private static final class Shared {
    private int wildcards;
    private int depth;
  }

  private final List<Token> tokens;
  private final Shared shared;
  private int position;

  Tokens(List<Token> tokens) {
    this(tokens, new Shared());
  }

  private Tokens(List<Token> tokens, Shared shared) {
    this.tokens = tokens;
    this.shared = shared;
  }

  Tokens embedded(List<Token> inner) {
    return new Tokens(inner, shared);
  }

  Token peek() {
    return tokens.get(position);
  }

  Token peekSecond() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(position);
    if (position < tokens.size() - 1) {
      position++;
    }
    return token;
  }

  int position() {
    return position;
  }

  void reset(int earlier) {
    position = earlier;
  }

  Location location() {
    return peek().location();
  }

  boolean atSymbol(String symbol) {
    return peek().isSymbol(symbol);
  }

  /** True at a keyword; a keyword with a dot behind it is a name. */
  boolean atName(String name) {
    return peek().isName(name) && !dotFollows();
  }

  boolean atKeyword() {
    return peek().kind() == TokenKind.NAME && KEYWORDS.contains(peek().text()) && !dotFollows();
  }

  private boolean dotFollows() {
    Token second = peekSecond();
    return second.isSymbol(".") && peek().end() == second.location().offset();
  }

  boolean atEnd() {
    return peek().kind() == TokenKind.END;
  }

  boolean takeSymbol(String symbol) {
    if (atSymbol(symbol)) {
      take();
      return true;
    }
    return false;
  }

  boolean takeName(String name) {
    if (atName(name)) {
      take();
      return true;
    }
    return false;
  }

  Token expectSymbol(String symbol, String where) {
    if (!atSymbol(symbol)) {
      throw unexpected("expected `" + symbol + "` " + where);
    }
    return take();
  }

  /** True when the current token touches the one before it. */
  boolean adjacent() {
    return position > 0 && tokens.get(position - 1).end() == peek().location().offset();
  }

  /** True when the current token is on a later line than the end of the one before it. */
  boolean onNewLine() {
    if (position == 0) {
      return true;
    }
    Token before = tokens.get(position - 1);
    Location at = peek().location();
    return at.source().text().substring(before.end(), at.offset()).indexOf('\n') >= 0;
  }

  ParseFailure unexpected(String message) {
    return new ParseFailure(location(), message + ", found " + peek().describe());
  }

  String wildcard() {
    return Term.WILDCARD + shared.wildcards++;
  }

  void enter() {
    if (++shared.depth > DEEPEST) {
      throw new ParseFailure(
          location(), "terms are nested too deeply (more than " + DEEPEST + " levels)");
    }
  }

  void leave() {
    shared.depth--;
  }
}
