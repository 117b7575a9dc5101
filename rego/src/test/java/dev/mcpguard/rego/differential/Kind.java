package dev.mcpguard.rego.differential;

/** What an expression most likely gives; inputs break the promise on purpose. */
enum Kind {
  NUMBER,
  TEXT,
  BOOL,
  ARRAY,
  SET,
  OBJECT
}
