package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;

/** Values as JSON would hold them: no sets, and only strings for keys. */
final class JsonForm {
  private JsonForm() {}

  static Value of(BuiltinContext context, Value value) {
    context.charge(1);
    return switch (value) {
      case ArrayValue array -> array(context, array);
      case SetValue set -> array(context, set);
      case ObjectValue object -> {
        ObjectValue.Builder entries = ObjectValue.builder(object.size());
        object.forEach(
            (key, inner) ->
                entries.put(
                    key instanceof StringValue ? key : StringValue.of(Values.toHtmlSafeJson(key)),
                    of(context, inner)));
        yield entries.build();
      }
      default -> value;
    };
  }

  private static Value array(BuiltinContext context, Iterable<Value> elements) {
    ArrayValue.Builder array = ArrayValue.builder();
    for (Value element : elements) {
      array.add(of(context, element));
    }
    return array.build();
  }
}
