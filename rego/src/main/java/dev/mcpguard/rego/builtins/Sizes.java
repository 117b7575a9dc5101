package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** How much there is to a value. */
final class Sizes {
  private Sizes() {}

  /** Budget steps for visiting every part of a value once. */
  static long of(Value value) {
    return switch (value) {
      case StringValue text -> Texts.cost(text.text());
      case ArrayValue array -> ofAll(array);
      case SetValue set -> ofAll(set);
      case ObjectValue object -> {
        long size = 1;
        for (int i = 0; i < object.size(); i++) {
          size += of(object.keyAt(i)) + of(object.valueAt(i));
        }
        yield size;
      }
      default -> 1;
    };
  }

  private static long ofAll(Iterable<Value> elements) {
    long size = 1;
    for (Value element : elements) {
      size += of(element);
    }
    return size;
  }
}
