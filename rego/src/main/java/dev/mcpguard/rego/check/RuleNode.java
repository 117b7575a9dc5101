package dev.mcpguard.rego.check;

import dev.mcpguard.rego.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of the tree of rule paths below {@code data}; a leaf holds a group. */
public final class RuleNode {
  private final Map<Value, RuleNode> children = new LinkedHashMap<>();
  private @Nullable RuleGroup group;

  RuleNode() {}

  public @Nullable RuleNode child(Value key) {
    return children.get(key);
  }

  public Map<Value, RuleNode> children() {
    return children;
  }

  public @Nullable RuleGroup group() {
    return group;
  }

  RuleNode childOrNew(Value key) {
    return children.computeIfAbsent(key, ignored -> new RuleNode());
  }

  void group(RuleGroup made) {
    group = made;
  }

  /** Visits the groups at and below this node. */
  public void forEachGroup(Consumer<RuleGroup> action) {
    if (group != null) {
      action.accept(group);
    }
    Collection<RuleNode> below = children.values();
    below.forEach(child -> child.forEachGroup(action));
  }
}
