package dev.mcpguard.rego.syntax;

/** What a token is. Keywords are names; the parser decides where a name is a keyword. */
enum TokenKind {
  NAME,
  NUMBER,
  STRING,
  TEMPLATE,
  SYMBOL,
  END
}
