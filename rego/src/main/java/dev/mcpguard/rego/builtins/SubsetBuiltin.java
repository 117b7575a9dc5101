package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;

/** {@code object.subset}: objects recursively, sets by members, arrays as a run of elements. */
final class SubsetBuiltin {
  private static final String ANY = "any<array[any], object[any: any], set[any]>";

  private SubsetBuiltin() {}

  static void register(Registry registry) {
    registry.add(
        "object.subset", "(" + ANY + ", " + ANY + ") => any", SubsetBuiltin::subset);
  }

  private static Value subset(BuiltinContext context, Value[] operands) {
    if (operands[0] instanceof ArrayValue all && operands[1] instanceof SetValue part) {
      context.charge(all.size());
      return BooleanValue.of(containsAll(all, part));
    }
    if (operands[0].rank() != operands[1].rank() || operands[0].rank() < ArrayValue.EMPTY.rank()) {
      throw BuiltinError.type(
          "both arguments object.subset must be of the same type or array and set");
    }
    return BooleanValue.of(isSubset(context, operands[0], operands[1]));
  }

  private static boolean isSubset(BuiltinContext context, Value all, Value part) {
    context.charge(1);
    if (all instanceof ObjectValue a && part instanceof ObjectValue b) {
      for (int i = 0; i < b.size(); i++) {
        Value value = a.get(b.keyAt(i));
        if (value == null
            || !value.equals(b.valueAt(i)) && !isSubset(context, value, b.valueAt(i))) {
          return false;
        }
      }
      return true;
    }
    if (all instanceof SetValue a && part instanceof SetValue b) {
      context.charge(b.size());
      return a.intersect(b).size() == b.size();
    }
    return all instanceof ArrayValue a && part instanceof ArrayValue b && containsRun(context, a, b);
  }

  private static boolean containsRun(BuiltinContext context, ArrayValue all, ArrayValue part) {
    // OPA steps on by one from the start of a partial match that it gave up, as we do.
    for (int start = 0; start + part.size() <= all.size(); start++) {
      int matched = 0;
      while (matched < part.size() && all.get(start + matched).equals(part.get(matched))) {
        matched++;
      }
      context.charge(1 + matched);
      if (matched == part.size()) {
        return true;
      }
    }
    return false;
  }

  /** Counts as OPA does: every element that is a member, repeated ones too; never for none. */
  private static boolean containsAll(ArrayValue all, SetValue part) {
    int missing = part.size();
    for (Value element : all) {
      if (part.contains(element)) {
        missing--;
      }
      if (missing == 0) {
        return true;
      }
    }
    return false;
  }
}
