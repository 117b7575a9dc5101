package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;

/** Objects: lookup, union, selection of keys. */
final class ObjectBuiltins {
  private static final String KEYS =
      "(object[any: any], any<array[any], object[any: any], set[any]>) => any";

  private ObjectBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("object.get", "(object[any: any], any, any) => any", ObjectBuiltins::get)
        .add("object.keys", "(object[any: any]) => set[any]", ObjectBuiltins::keys)
        .add("object.union", "(object[any: any], object[any: any]) => any", ObjectBuiltins::union)
        .add("object.union_n", "(array[object[any: any]]) => any", ObjectBuiltins::unionAll)
        .add("object.remove", KEYS, (context, a) -> select(context, a, false))
        .add("object.filter", KEYS, (context, a) -> select(context, a, true));
  }

  private static Value get(BuiltinContext context, Value[] operands) {
    Value found = Operands.object(operands, 0);
    if (!(operands[1] instanceof ArrayValue path)) {
      Value value = ((ObjectValue) found).get(operands[1]);
      return value == null ? operands[2] : value;
    }
    context.charge(path.size());
    for (Value key : path) {
      found = Paths.step(found, key);
      if (found == null) {
        return operands[2];
      }
    }
    return found;
  }

  private static Value keys(BuiltinContext context, Value[] operands) {
    ObjectValue object = Operands.object(operands, 0);
    context.charge(object.size());
    return object.keys();
  }

  private static Value union(BuiltinContext context, Value[] operands) {
    return merge(context, Operands.object(operands, 0), Operands.object(operands, 1));
  }

  private static Value unionAll(BuiltinContext context, Value[] operands) {
    ArrayValue objects = Operands.array(operands, 0);
    for (int i = objects.size() - 1; i >= 0; i--) {
      if (!(objects.get(i) instanceof ObjectValue)) {
        throw Operands.elementError(objects, 0, objects.get(i), "object");
      }
    }
    ObjectValue merged = ObjectValue.EMPTY;
    for (Value object : objects) {
      merged = merge(context, merged, (ObjectValue) object);
    }
    return merged;
  }

  /** Objects merge key by key, anything else is replaced by the right side. */
  static ObjectValue merge(BuiltinContext context, ObjectValue left, ObjectValue right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    context.charge((long) left.size() + right.size());
    ObjectValue.Builder merged = left.toBuilder();
    for (int i = 0; i < right.size(); i++) {
      Value key = right.keyAt(i);
      Value value = right.valueAt(i);
      boolean both = value instanceof ObjectValue && left.get(key) instanceof ObjectValue;
      merged.put(
          key,
          both ? merge(context, (ObjectValue) inner(left, key), (ObjectValue) value) : value);
    }
    return merged.build();
  }

  private static Value inner(ObjectValue object, Value key) {
    Value value = object.get(key);
    return value == null ? NullValue.NULL : value;
  }

  private static Value select(BuiltinContext context, Value[] operands, boolean keep) {
    ObjectValue object = Operands.object(operands, 0);
    SetValue keys = keySet(context, operands);
    context.charge(object.size());
    ObjectValue.Builder selected = ObjectValue.builder();
    object.forEach(
        (key, value) -> {
          if (keys.contains(key) == keep) {
            selected.put(key, value);
          }
        });
    return selected.build();
  }

  private static SetValue keySet(BuiltinContext context, Value[] operands) {
    return switch (operands[1]) {
      case SetValue set -> set;
      case ObjectValue object -> {
        context.charge(object.size());
        yield object.keys();
      }
      case ArrayValue array -> {
        context.charge(array.size());
        SetValue.Builder keys = SetValue.builder();
        array.forEach(keys::add);
        yield keys.build();
      }
      default -> throw Operands.typeError(operands, 1, "object", "set", "array");
    };
  }
}
