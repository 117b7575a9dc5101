package dev.mcpguard.rego.builtins.schema;

import dev.mcpguard.rego.value.Value;
import java.util.List;
import java.util.function.LongConsumer;

/** A schema that has been found well formed. Immutable. */
public final class JsonSchema {
  private final Value schema;

  private JsonSchema(Value schema) {
    this.schema = schema;
  }

  /**
   * Checks a schema.
   *
   * @param charge counts the steps of work; may throw to end it
   * @throws SchemaException if the schema is not well formed or refers to other documents
   */
  public static JsonSchema parse(Value schema, LongConsumer charge) {
    new SchemaCheck(schema, charge).check();
    return new JsonSchema(schema);
  }

  /**
   * The errors of a document, none if it matches.
   *
   * @param charge counts the steps of work; may throw to end it
   * @throws SchemaException if references go round in a circle
   */
  public List<SchemaError> validate(Value document, LongConsumer charge) {
    return new SchemaValidator(schema, charge).validate(document);
  }
}
