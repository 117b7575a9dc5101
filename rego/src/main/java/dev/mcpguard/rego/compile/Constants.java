package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.eval.Collections;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;

/** Collections of constants are made once, when a policy is compiled. */
final class Constants {
  private Constants() {}

  static Operand fold(Operand collection) {
    return switch (collection) {
      case Collections.Items c -> new Operand.Constant(ArrayValue.ofOwned(values(c.items())));
      case Collections.Members c -> new Operand.Constant(SetValue.of(values(c.members())));
      case Collections.Fields c -> {
        ObjectValue.Builder object = ObjectValue.builder();
        Value[] keys = values(c.keys());
        Value[] values = values(c.values());
        for (int i = 0; i < keys.length; i++) {
          object.put(keys[i], values[i]);
        }
        yield new Operand.Constant(object.build());
      }
      default -> collection;
    };
  }

  private static Value[] values(Operand[] constants) {
    Value[] values = new Value[constants.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Operand.Constant) constants[i]).value();
    }
    return values;
  }
}
