package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;

/** Comparison operators over the total order of values. */
final class ComparisonBuiltins {
  private static final String TYPE = "(any, any) => boolean";

  private ComparisonBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("eq", TYPE, (_, a) -> BooleanValue.of(a[0].equals(a[1])))
        .add("assign", TYPE, (_, a) -> BooleanValue.of(a[0].equals(a[1])))
        .add("equal", TYPE, (_, a) -> BooleanValue.of(a[0].equals(a[1])))
        .add("neq", TYPE, (_, a) -> BooleanValue.of(!a[0].equals(a[1])))
        .add("lt", TYPE, (_, a) -> BooleanValue.of(a[0].compareTo(a[1]) < 0))
        .add("lte", TYPE, (_, a) -> BooleanValue.of(a[0].compareTo(a[1]) <= 0))
        .add("gt", TYPE, (_, a) -> BooleanValue.of(a[0].compareTo(a[1]) > 0))
        .add("gte", TYPE, (_, a) -> BooleanValue.of(a[0].compareTo(a[1]) >= 0));
  }
}
