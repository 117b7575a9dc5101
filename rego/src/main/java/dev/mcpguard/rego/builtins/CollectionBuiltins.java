package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;

/** Sets and arrays. */
final class CollectionBuiltins {
  private static final String SETS = "(set[any], set[any]) => set[any]";
  private static final String SET_OF_SETS = "(set[set[any]]) => set[any]";

  private CollectionBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("and", SETS, CollectionBuiltins::and)
        .add("or", SETS, CollectionBuiltins::or)
        .add("intersection", SET_OF_SETS, CollectionBuiltins::intersection)
        .add("union", SET_OF_SETS, CollectionBuiltins::union)
        .add("array.concat", "(array[any], array[any]) => array[any]", CollectionBuiltins::concat)
        .add(
            "array.slice",
            "(array[any], number, number) => array[any]",
            CollectionBuiltins::slice)
        .add("array.reverse", "(array[any]) => array[any]", CollectionBuiltins::reverse)
        .add("array.flatten", "(array[any]) => array[any]", CollectionBuiltins::flatten);
  }

  private static Value and(BuiltinContext context, Value[] operands) {
    SetValue a = Operands.set(operands, 0);
    SetValue b = Operands.set(operands, 1);
    context.charge(Math.min(a.size(), b.size()));
    return a.intersect(b);
  }

  private static Value or(BuiltinContext context, Value[] operands) {
    SetValue a = Operands.set(operands, 0);
    SetValue b = Operands.set(operands, 1);
    context.charge((long) a.size() + b.size());
    return a.union(b);
  }

  private static Value intersection(BuiltinContext context, Value[] operands) {
    SetValue result = null;
    for (Value element : Operands.set(operands, 0)) {
      SetValue set = Operands.set(new Value[] {element}, 0);
      context.charge(set.size());
      result = result == null ? set : result.intersect(set);
    }
    return result == null ? SetValue.EMPTY : result;
  }

  private static Value union(BuiltinContext context, Value[] operands) {
    SetValue.Builder result = SetValue.builder();
    for (Value element : Operands.set(operands, 0)) {
      SetValue set = Operands.set(new Value[] {element}, 0);
      context.charge(set.size());
      result.addAll(set);
    }
    return result.build();
  }

  private static Value concat(BuiltinContext context, Value[] operands) {
    ArrayValue a = Operands.array(operands, 0);
    ArrayValue b = Operands.array(operands, 1);
    context.charge((long) a.size() + b.size());
    ArrayValue.Builder result = ArrayValue.builder(a.size() + b.size());
    a.forEach(result::add);
    b.forEach(result::add);
    return result.build();
  }

  private static Value slice(BuiltinContext context, Value[] operands) {
    ArrayValue array = Operands.array(operands, 0);
    long start = Operands.integer(operands, 1);
    int stop = Math.clamp(Operands.integer(operands, 2), 0, array.size());
    int first = Math.clamp(start, 0, stop);
    context.charge(stop - first);
    return array.slice(first, stop);
  }

  private static Value reverse(BuiltinContext context, Value[] operands) {
    ArrayValue array = Operands.array(operands, 0);
    context.charge(array.size());
    Value[] reversed = new Value[array.size()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = array.get(reversed.length - 1 - i);
    }
    return ArrayValue.ofOwned(reversed);
  }

  /** Arrays within the array give way to their elements, one level deep. */
  private static Value flatten(BuiltinContext context, Value[] operands) {
    ArrayValue.Builder result = ArrayValue.builder();
    for (Value element : Operands.array(operands, 0)) {
      context.charge(1);
      if (element instanceof ArrayValue inner) {
        context.charge(inner.size());
        inner.forEach(result::add);
      } else {
        result.add(element);
      }
    }
    return result.build();
  }
}
