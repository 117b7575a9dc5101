package dev.mcpguard.rego.builtins.schema;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** Keywords for arrays. */
final class ArrayRules {
  private final SchemaValidator validator;
  private final LongConsumer charge;

  ArrayRules(SchemaValidator validator, LongConsumer charge) {
    this.validator = validator;
    this.charge = charge;
  }

  void apply(ObjectValue schema, ArrayValue value, Findings findings) {
    charge.accept(value.size());
    items(schema, value, findings);
    Long least = SchemaValidator.limit(schema, "minItems");
    if (least != null && value.size() < least) {
      findings.add("array_min_items", "Array must have at least " + least + " items");
    }
    Long most = SchemaValidator.limit(schema, "maxItems");
    if (most != null && value.size() > most) {
      findings.add("array_max_items", "Array must have at most " + most + " items");
    }
    if (BooleanValue.TRUE.equals(schema.get("uniqueItems"))) {
      unique(value, findings);
    }
    Value contained = schema.get("contains");
    if (contained != null) {
      contains(contained, value, findings);
    }
  }

  private void items(ObjectValue schema, ArrayValue value, Findings findings) {
    Value items = schema.get("items");
    int listed = items instanceof ArrayValue array ? array.size() : 0;
    Value rest = schema.get("additionalItems");
    for (int i = 0; i < value.size(); i++) {
      Findings place = findings.at(Integer.toString(i));
      if (items instanceof ArrayValue array && i < listed) {
        validator.validate(array.get(i), value.get(i), place);
      } else if (items instanceof ObjectValue || items instanceof BooleanValue) {
        validator.validate(items, value.get(i), place);
      } else if (listed > 0 && rest instanceof ObjectValue) {
        validator.validate(rest, value.get(i), place);
      }
    }
    if (listed > 0 && value.size() > listed && BooleanValue.FALSE.equals(rest)) {
      findings.add("array_no_additional_items", "No additional items allowed on array");
    }
  }

  private static void unique(ArrayValue value, Findings findings) {
    Map<Value, Integer> seen = new HashMap<>();
    for (int j = 0; j < value.size(); j++) {
      Integer i = seen.put(value.get(j), j);
      if (i != null) {
        findings.add("unique", "array items[" + i + "," + j + "] must be unique");
      }
    }
  }

  private void contains(Value schema, ArrayValue value, Findings findings) {
    Findings best = null;
    for (int i = 0; i < value.size(); i++) {
      Findings result = validator.apart(schema, value.get(i), findings.at(Integer.toString(i)));
      if (result.isEmpty()) {
        return;
      }
      best = best == null || result.size() < best.size() ? result : best;
    }
    findings.add("contains", "At least one of the items must match");
    if (best != null) {
      findings.addAll(best);
    }
  }
}
