package dev.mcpguard.registry;

/** The kinds of argument rule, as manifests spell them. */
enum ArgumentKind {
  PATH,
  HOST,
  URL,
  AMOUNT,
  SQL,
  RECIPIENT,
  ENUM,
  TEXT
}
