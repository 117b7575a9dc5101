package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules by the value one input field or argument must have for them. Rules without such a
 * condition are always candidates; the order of the rules is kept. Immutable.
 */
public final class RuleIndex {
  public static final RuleIndex EMPTY = new RuleIndex(null, -1, Map.of(), new RuntimeRule[0]);

  /** A rule with the value it asks of the indexed field, null for any. */
  public record Entry(RuntimeRule rule, @Nullable Value wanted) {}

  private final Lookup.@Nullable Input field;
  private final int argument;
  private final Map<Value, RuntimeRule[]> byValue;
  private final RuntimeRule[] others;

  private RuleIndex(
      Lookup.@Nullable Input field,
      int argument,
      Map<Value, RuntimeRule[]> byValue,
      RuntimeRule[] others) {
    this.field = field;
    this.argument = argument;
    this.byValue = byValue;
    this.others = others;
  }

  public static RuleIndex unindexed(List<RuntimeRule> rules) {
    return new RuleIndex(null, -1, Map.of(), rules.toArray(RuntimeRule[]::new));
  }

  /** Indexes by an input field, or, when that is null, by an argument. */
  public static RuleIndex by(Lookup.@Nullable Input field, int argument, List<Entry> entries) {
    Map<Value, List<RuntimeRule>> lists = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.wanted() != null) {
        lists.put(entry.wanted(), new ArrayList<>());
      }
    }
    List<RuntimeRule> others = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.wanted() == null) {
        others.add(entry.rule());
        lists.values().forEach(list -> list.add(entry.rule()));
      } else {
        lists.computeIfPresent(entry.wanted(), (key, list) -> {
          list.add(entry.rule());
          return list;
        });
      }
    }
    Map<Value, RuntimeRule[]> arrays = new HashMap<>();
    lists.forEach((key, list) -> arrays.put(key, list.toArray(RuntimeRule[]::new)));
    return new RuleIndex(field, argument, arrays, others.toArray(RuntimeRule[]::new));
  }

  RuntimeRule[] candidates(Context context, Value[] arguments) {
    if (byValue.isEmpty()) {
      return others;
    }
    Value value = field != null ? field.find(context) : arguments[argument];
    RuntimeRule[] found = value == null ? null : byValue.get(value);
    return found == null ? others : found;
  }
}
