package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All compiled rules of one path. Linked once, immutable and shared afterwards. */
public abstract sealed class RuntimeGroup permits CompleteGroup, FunctionGroup, PartialGroup {
  static final Object UNDEFINED = new Object();

  private final int id;
  private final String name;
  private final List<Value> path;

  RuntimeGroup(int id, String name, List<Value> path) {
    this.id = id;
    this.name = name;
    this.path = path;
  }

  public int id() {
    return id;
  }

  public String name() {
    return name;
  }

  public boolean isFunction() {
    return this instanceof FunctionGroup;
  }

  /** Everything the group makes, or null for undefined. */
  final @Nullable Value value(Context context) {
    Object known = context.result(id);
    if (known instanceof Value value) {
      return value;
    }
    if (known == UNDEFINED) {
      return null;
    }
    if (context.replaced(this)) {
      return Lookup.path(context.data(), path);
    }
    Execution execution = context.execution();
    execution.enter();
    Value value = compute(context);
    execution.leave();
    context.result(id, value == null ? UNDEFINED : value);
    return value;
  }

  abstract @Nullable Value compute(Context context);

  /** What stands under keys, {@code from} a position on. */
  @Nullable Value under(Operand[] keys, int from, Frame frame) {
    return Lookup.rest(value(frame.context), keys, from, frame);
  }

  @Nullable Value call(Value[] arguments, Context context) {
    throw new IllegalStateException(name + " is no function");
  }

  /** An empty result of a partial rule. */
  static Value empty(boolean set) {
    return set ? SetValue.EMPTY : ObjectValue.EMPTY;
  }

  /** Joins the values of several rules of one path. */
  static Value agree(@Nullable Value known, Value found, boolean function, Location location) {
    if (known != null && !known.equals(found)) {
      throw function
          ? EvaluationFailure.functionConflict(location)
          : EvaluationFailure.completeConflict(location);
    }
    return found;
  }
}
