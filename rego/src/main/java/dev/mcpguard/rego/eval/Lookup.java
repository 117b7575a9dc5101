package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands under a key. */
public final class Lookup {
  private Lookup() {}

  static @Nullable Value one(Value collection, Value key) {
    return switch (collection) {
      case ObjectValue object -> object.get(key);
      case ArrayValue array -> item(array, key);
      case SetValue set -> set.contains(key) ? key : null;
      default -> null;
    };
  }

  private static @Nullable Value item(ArrayValue array, Value key) {
    if (key instanceof NumberValue number && number.isLong()) {
      long index = number.longValue();
      return index >= 0 && index < array.size() ? array.get((int) index) : null;
    }
    return null;
  }

  static @Nullable Value path(@Nullable Value root, List<Value> path) {
    Value at = root;
    for (int i = 0; i < path.size() && at != null; i++) {
      at = one(at, path.get(i));
    }
    return at;
  }

  /** A value under one key after the other, {@code from} a position on. */
  static @Nullable Value rest(@Nullable Value root, Operand[] keys, int from, Frame frame) {
    Value at = root;
    for (int i = from; i < keys.length && at != null; i++) {
      Value key = keys[i].eval(frame);
      at = key == null ? null : one(at, key);
    }
    return at;
  }

  /** {@code head[key]...}. */
  public record Keys(Operand head, Operand[] keys) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      return rest(head.eval(frame), keys, 0, frame);
    }
  }

  /** {@code input.a.b} with constant keys. */
  public record Input(Value[] keys) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      return find(frame.context);
    }

    @Nullable Value find(Context context) {
      Value at = context.input();
      for (Value key : keys) {
        if (at == null) {
          return null;
        }
        at = at instanceof ObjectValue object ? object.get(key) : one(at, key);
      }
      return at;
    }
  }
}
