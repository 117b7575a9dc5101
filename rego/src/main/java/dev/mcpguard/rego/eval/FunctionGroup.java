package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules that make one value for each list of arguments. */
public final class FunctionGroup extends RuntimeGroup {
  private RuleIndex rules = RuleIndex.EMPTY;
  private @Nullable RuntimeRule fallback;
  private boolean oneValue;
  private boolean remembered;

  public FunctionGroup(int id, String name, List<Value> path) {
    super(id, name, path);
  }

  /** Links the rules; results of cheap functions are not worth remembering. */
  public void link(
      RuleIndex indexed, @Nullable RuntimeRule otherwise, boolean sameValue, boolean remember) {
    rules = indexed;
    fallback = otherwise;
    oneValue = sameValue;
    remembered = remember;
  }

  private record Arguments(Value[] values) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Arguments that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  @Override
  @Nullable Value compute(Context context) {
    return null;
  }

  @Override
  @Nullable Value call(Value[] arguments, Context context) {
    if (!remembered) {
      return enter(arguments, context);
    }
    Map<Arguments, Object> known = memory(context);
    Arguments key = new Arguments(arguments);
    Object result = known.get(key);
    if (result == null) {
      Value value = enter(arguments, context);
      result = value == null ? UNDEFINED : value;
      known.put(key, result);
    }
    return result == UNDEFINED ? null : (Value) result;
  }

  @SuppressWarnings("unchecked")
  private Map<Arguments, Object> memory(Context context) {
    Object memory = context.result(id());
    if (memory == null) {
      memory = new HashMap<Arguments, Object>();
      context.result(id(), memory);
    }
    return (Map<Arguments, Object>) memory;
  }

  private @Nullable Value enter(Value[] arguments, Context context) {
    Execution execution = context.execution();
    execution.enter();
    Value value = run(arguments, context);
    execution.leave();
    return value;
  }

  private @Nullable Value run(Value[] arguments, Context context) {
    Value value = null;
    for (RuntimeRule rule : rules.candidates(context, arguments)) {
      Value found = rule.single(context, arguments);
      if (found != null) {
        value = agree(value, found, true, rule.location());
        if (oneValue) {
          return value;
        }
      }
    }
    return value == null && fallback != null ? fallback.single(context, arguments) : value;
  }
}
