package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.builtins.schema.JsonSchema;
import dev.mcpguard.rego.builtins.schema.SchemaError;
import dev.mcpguard.rego.builtins.schema.SchemaException;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** JSON Schema. */
final class SchemaBuiltins {
  private static final String DOCUMENT = "any<string, object[any: any]>";

  private SchemaBuiltins() {}

  static void register(Registry registry) {
    registry
        .add(
            "json.verify_schema",
            "(" + DOCUMENT + ") => array<boolean, any<null, string>>",
            SchemaBuiltins::verify)
        .add(
            "json.match_schema",
            "(" + DOCUMENT + ", " + DOCUMENT
                + ") => array<boolean, array[object<desc: string, error: string, field: string, type: string>]>",
            SchemaBuiltins::match);
  }

  private static Value document(BuiltinContext context, Value operand) {
    return switch (operand) {
      case StringValue text -> JsonBuiltins.parse(context, text.text());
      case ObjectValue object -> JsonForm.of(context, object);
      default -> throw BuiltinError.of("wrong type, expected string or object");
    };
  }

  private static Value verify(BuiltinContext context, Value[] operands) {
    try {
      JsonSchema.parse(document(context, operands[0]), context::charge);
      return ArrayValue.of(BooleanValue.TRUE, NullValue.NULL);
    } catch (SchemaException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (BuiltinError e) {
      return failed(e.text());
    }
  }

  private static Value failed(String reason) {
    return ArrayValue.of(BooleanValue.FALSE, StringValue.of("jsonschema: " + reason));
  }

  private static Value match(BuiltinContext context, Value[] operands) {
    Value document = document(context, operands[0]);
    try {
      JsonSchema schema = JsonSchema.parse(document(context, operands[1]), context::charge);
      ArrayValue.Builder errors = ArrayValue.builder();
      for (SchemaError error : schema.validate(document, context::charge)) {
        errors.add(describe(error));
      }
      return ArrayValue.of(BooleanValue.of(errors.size() == 0), errors.build());
    } catch (SchemaException e) {
      throw BuiltinError.of(String.valueOf(e.getMessage()));
    }
  }

  private static Value describe(SchemaError error) {
    return ObjectValue.builder(4)
        .put("desc", StringValue.of(error.description()))
        .put("error", StringValue.of(error.field() + ": " + error.description()))
        .put("field", StringValue.of(error.field()))
        .put("type", StringValue.of(error.type()))
        .build();
  }
}
