package dev.mcpguard.rego.syntax;

import java.util.List;

/**
 * One token. {@code text} is a name, a symbol, the spelling of a number or the decoded text of a
 * string; {@code parts} is filled for templates only.
 */
record Token(TokenKind kind, String text, Location location, int end, List<TemplatePiece> parts) {

  boolean isSymbol(String symbol) {
    return kind == TokenKind.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return kind == TokenKind.NAME && text.equals(name);
  }

  String describe() {
    return switch (kind) {
      case END -> "end of file";
      case STRING -> "string";
      case TEMPLATE -> "template string";
      case NAME, NUMBER, SYMBOL -> "`" + text + "`";
    };
  }

  /** A piece of a template string. */
  sealed interface TemplatePiece permits Text, Embedded {}

  record Text(String text) implements TemplatePiece {}

  record Embedded(List<Token> tokens, Location location) implements TemplatePiece {}
}
