package dev.mcpguard.rego.builtins.schema;

/** A schema is not well formed, or asks for more than this validator does. No stack trace. */
public final class SchemaException extends RuntimeException {
  public SchemaException(String message) {
    super(message, null, false, false);
  }
}
