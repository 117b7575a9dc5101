package dev.mcpguard.json;

/** The JSON literal {@code null}, which is a value: a member that holds it is not absent. */
public enum JsonNull implements JsonValue {
  NULL
}
