package dev.mcpguard.rego.check;

/** What a group of rules makes. */
public enum RuleKind {
  /** One value. */
  COMPLETE,
  /** One value for each list of arguments. */
  FUNCTION,
  /** A set of members. */
  SET,
  /** An object, its keys given by the terms of the heads. */
  OBJECT
}
