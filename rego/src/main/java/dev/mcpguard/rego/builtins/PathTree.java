package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Paths merged by their beginnings; a path that ends cuts off all longer ones. */
final class PathTree {
  private final Map<Value, PathTree> children = new HashMap<>();
  private boolean leaf;

  void add(List<Value> path) {
    if (path.isEmpty()) {
      return;
    }
    PathTree node = this;
    for (Value key : path) {
      if (node.leaf) {
        return;
      }
      node = node.children.computeIfAbsent(key, _ -> new PathTree());
    }
    node.leaf = true;
    node.children.clear();
  }

  boolean isLeaf() {
    return leaf;
  }

  boolean isEmpty() {
    return children.isEmpty();
  }

  @Nullable PathTree child(Value key) {
    return children.get(key);
  }
}
