package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that make one value. */
public final class CompleteGroup extends RuntimeGroup {
  private static final Value[] NO_ARGUMENTS = {};
  private RuleIndex rules = RuleIndex.EMPTY;
  private @Nullable RuntimeRule fallback;
  private boolean oneValue;

  public CompleteGroup(int id, String name, List<Value> path) {
    super(id, name, path);
  }

  /** Links the rules; {@code oneValue} when they can give but one and the same constant. */
  public void link(RuleIndex indexed, @Nullable RuntimeRule otherwise, boolean sameValue) {
    rules = indexed;
    fallback = otherwise;
    oneValue = sameValue;
  }

  @Override
  @Nullable Value compute(Context context) {
    Value value = null;
    for (RuntimeRule rule : rules.candidates(context, NO_ARGUMENTS)) {
      Value found = rule.single(context, NO_ARGUMENTS);
      if (found != null) {
        value = agree(value, found, false, rule.location());
        if (oneValue) {
          return value;
        }
      }
    }
    return value == null && fallback != null ? fallback.single(context, NO_ARGUMENTS) : value;
  }
}
