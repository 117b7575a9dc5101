package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tree of rule paths. Filled when a program is linked, not changed afterwards. */
public final class RuntimeNode {
  private final Map<Value, RuntimeNode> children = new HashMap<>();
  private final @Nullable RuntimeGroup group;

  public RuntimeNode(@Nullable RuntimeGroup group) {
    this.group = group;
  }

  public void add(Value key, RuntimeNode child) {
    children.put(key, child);
  }

  public @Nullable RuntimeNode child(Value key) {
    return children.get(key);
  }

  public @Nullable RuntimeGroup group() {
    return group;
  }

  void forEachGroup(Consumer<RuntimeGroup> action) {
    if (group != null) {
      action.accept(group);
    }
    children.values().forEach(child -> child.forEachGroup(action));
  }

  /** The document here: what rules make over what the base data holds. */
  @Nullable Value document(@Nullable Value base, Context context) {
    if (context.replaced(this)) {
      return base;
    }
    if (group != null) {
      return group.isFunction() ? base : group.value(context);
    }
    ObjectValue.Builder object =
        base instanceof ObjectValue known ? known.toBuilder() : ObjectValue.builder();
    children.forEach((key, child) -> {
      Value below = base instanceof ObjectValue known ? known.get(key) : null;
      Value value = child.document(below, context);
      if (value != null) {
        object.put(key, value);
      }
    });
    return object.build();
  }
}
