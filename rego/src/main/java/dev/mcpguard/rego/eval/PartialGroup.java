package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.SetValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules that make a set or an object. A document under one known key is made alone, by variants of
 * the rules that have the key bound in slot 0 from the start.
 */
public final class PartialGroup extends RuntimeGroup {
  private static final Value[] NO_ARGUMENTS = {};
  private final boolean set;
  private RuleIndex rules = RuleIndex.EMPTY;
  private RuleIndex keyed = RuleIndex.EMPTY;

  public PartialGroup(int id, String name, List<Value> path, boolean set) {
    super(id, name, path);
    this.set = set;
  }

  public void link(RuleIndex whole, RuleIndex byKey) {
    rules = whole;
    keyed = byKey;
  }

  /** What is known by key before the whole is. */
  private static final class ByKey {
    final Map<Value, Object> results = new HashMap<>();
  }

  @Override
  @Nullable Value compute(Context context) {
    if (set) {
      SetValue.Builder members = SetValue.builder(8);
      for (RuntimeRule rule : rules.candidates(context, NO_ARGUMENTS)) {
        Frame frame = rule.start(context);
        frame.sink(0, members);
        rule.run(frame);
      }
      return members.build();
    }
    DocumentBuilder document = new DocumentBuilder();
    runChains(rules.candidates(context, NO_ARGUMENTS), context, null, document);
    Value value = document.build();
    return value == null ? empty(false) : value;
  }

  private static void runChains(
      RuntimeRule[] candidates, Context context, @Nullable Value key, DocumentBuilder document) {
    for (RuntimeRule rule : candidates) {
      for (RuntimeRule at = rule; at != null; at = at.otherwise()) {
        Frame frame = at.start(context);
        frame.sink(0, document);
        if (key != null) {
          frame.set(0, key);
        }
        at.run(frame);
        if (frame.result != null) {
          break;
        }
      }
    }
  }

  @Override
  @Nullable Value under(Operand[] keys, int from, Frame frame) {
    Context context = frame.context;
    Object known = context.result(id());
    if (from == keys.length || known instanceof Value || context.replaced(this)) {
      return super.under(keys, from, frame);
    }
    Value key = keys[from].eval(frame);
    if (key == null) {
      return null;
    }
    ByKey memory;
    if (known instanceof ByKey there) {
      memory = there;
    } else {
      memory = new ByKey();
      context.result(id(), memory);
    }
    Object result = memory.results.get(key);
    if (result == null) {
      Value value = at(key, context);
      result = value == null ? UNDEFINED : value;
      memory.results.put(key, result);
    }
    return result == UNDEFINED ? null : Lookup.rest((Value) result, keys, from + 1, frame);
  }

  private @Nullable Value at(Value key, Context context) {
    Execution execution = context.execution();
    execution.enter();
    Value value = set ? member(key, context) : entry(key, context);
    execution.leave();
    return value;
  }

  private @Nullable Value member(Value key, Context context) {
    for (RuntimeRule rule : keyed.candidates(context, NO_ARGUMENTS)) {
      Frame frame = rule.start(context);
      frame.set(0, key);
      rule.run(frame);
      if (frame.result != null) {
        return key;
      }
    }
    return null;
  }

  private @Nullable Value entry(Value key, Context context) {
    DocumentBuilder document = new DocumentBuilder();
    runChains(keyed.candidates(context, NO_ARGUMENTS), context, key, document);
    return document.build();
  }
}
