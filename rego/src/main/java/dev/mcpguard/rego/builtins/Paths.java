package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Steps into composites as references do. */
final class Paths {
  private Paths() {}

  /** What stands under a key, or null. */
  static @Nullable Value step(Value value, Value key) {
    return switch (value) {
      case ObjectValue object -> object.get(key);
      case SetValue set -> set.contains(key) ? key : null;
      case ArrayValue array -> element(array, key);
      default -> null;
    };
  }

  private static @Nullable Value element(ArrayValue array, Value key) {
    if (!(key instanceof NumberValue number) || !number.isLong()) {
      return null;
    }
    long index = number.longValue();
    return index >= 0 && index < array.size() ? array.get((int) index) : null;
  }
}
