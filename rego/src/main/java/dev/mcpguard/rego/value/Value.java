package dev.mcpguard.rego.value;

/**
 * A Rego value. Immutable and safe to share between threads.
 *
 * <p>The order is OPA's: null, booleans, numbers, strings (by code point), arrays, objects, sets.
 * Equality follows the order, so {@code 1}, {@code 1.0} and {@code 1e0} are one value. {@link
 * #toString()} gives the value in Rego's notation; JSON text is made by {@link Values#toJson}.
 */
public sealed interface Value extends Comparable<Value>
    permits NullValue, BooleanValue, NumberValue, StringValue, ArrayValue, ObjectValue, SetValue {

  /** The name that Rego's {@code type_name} gives. */
  String typeName();

  /** Place of the kind in the total order, 0 for null to 6 for sets. */
  int rank();

  @Override
  default int compareTo(Value other) {
    return ValueOrder.compare(this, other);
  }
}
