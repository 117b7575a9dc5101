package dev.mcpguard.rego.builtins.schema;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.function.LongConsumer;

/** Keywords for objects. */
final class ObjectRules {
  private final SchemaValidator validator;
  private final LongConsumer charge;

  ObjectRules(SchemaValidator validator, LongConsumer charge) {
    this.validator = validator;
    this.charge = charge;
  }

  void apply(ObjectValue schema, ObjectValue value, Findings findings) {
    charge.accept(value.size());
    dependencies(schema, value, findings);
    Long least = SchemaValidator.limit(schema, "minProperties");
    if (least != null && value.size() < least) {
      findings.add("array_min_properties", "Must have at least " + least + " properties");
    }
    Long most = SchemaValidator.limit(schema, "maxProperties");
    if (most != null && value.size() > most) {
      findings.add("array_max_properties", "Must have at most " + most + " properties");
    }
    if (schema.get("required") instanceof ArrayValue required) {
      for (Value name : required) {
        if (!value.containsKey(name)) {
          findings.add("required", text(name) + " is required");
        }
      }
    }
    value.forEach((name, part) -> additional(schema, name, part, findings));
    names(schema, value, findings);
    if (schema.get("properties") instanceof ObjectValue properties) {
      properties.forEach(
          (name, child) -> {
            Value part = value.get(name);
            if (part != null) {
              validator.validate(child, part, findings.at(text(name)));
            }
          });
    }
  }

  private void additional(ObjectValue schema, Value name, Value part, Findings findings) {
    boolean described =
        schema.get("properties") instanceof ObjectValue properties && properties.containsKey(name);
    if (schema.get("patternProperties") instanceof ObjectValue patterns) {
      for (int i = 0; i < patterns.size(); i++) {
        charge.accept(1 + text(name).length());
        if (SchemaCheck.compile(text(patterns.keyAt(i))).matcher(text(name)).find()) {
          described = true;
          validator.validate(patterns.valueAt(i), part, findings.at(text(name)));
        }
      }
    }
    Value rest = schema.get("additionalProperties");
    if (described || rest == null) {
      return;
    }
    if (rest instanceof BooleanValue allowed) {
      if (!allowed.value()) {
        findings.add(
            "additional_property_not_allowed", "Additional property " + text(name) + " is not allowed");
      }
      return;
    }
    validator.validate(rest, part, findings.at(text(name)));
  }

  private void names(ObjectValue schema, ObjectValue value, Findings findings) {
    Value rule = schema.get("propertyNames");
    if (rule == null) {
      return;
    }
    for (Value name : value.keys()) {
      Findings result = validator.apart(rule, name, findings);
      if (!result.isEmpty()) {
        findings.add(
            "invalid_property_name", "Property name of \"" + text(name) + "\" does not match");
        findings.addAll(result);
      }
    }
  }

  private void dependencies(ObjectValue schema, ObjectValue value, Findings findings) {
    if (!(schema.get("dependencies") instanceof ObjectValue dependencies)) {
      return;
    }
    dependencies.forEach(
        (name, needed) -> {
          if (!value.containsKey(name)) {
            return;
          }
          if (!(needed instanceof ArrayValue others)) {
            validator.validate(needed, value, findings);
            return;
          }
          for (Value other : others) {
            if (!value.containsKey(other)) {
              findings.add("missing_dependency", "Has a dependency on " + text(other));
            }
          }
        });
  }

  private static String text(Value value) {
    return value instanceof StringValue text ? text.text() : value.toString();
  }
}
