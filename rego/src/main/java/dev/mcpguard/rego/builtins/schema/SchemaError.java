package dev.mcpguard.rego.builtins.schema;

/**
 * One way in which a document does not match.
 *
 * @param field the path with dots between, or {@code (Root)}
 * @param type a name of the kind of error
 */
public record SchemaError(String field, String type, String description) {}
