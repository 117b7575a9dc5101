package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.CheckedModules;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.check.RuleNode;
import dev.mcpguard.rego.eval.CompleteGroup;
import dev.mcpguard.rego.eval.FunctionGroup;
import dev.mcpguard.rego.eval.PartialGroup;
import dev.mcpguard.rego.eval.RuntimeGroup;
import dev.mcpguard.rego.eval.RuntimeNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The runtime twins of groups and nodes, made before any rule is compiled. */
final class Linker {
  private final CheckedModules modules;
  private final boolean traced;
  private final List<RuntimeGroup> groups = new ArrayList<>();
  private final Map<RuleNode, RuntimeNode> nodes = new IdentityHashMap<>();

  Linker(CheckedModules modules, boolean traced) {
    this.modules = modules;
    this.traced = traced;
    for (RuleGroup group : modules.groups()) {
      groups.add(twin(group));
    }
    node(modules.root());
  }

  private static RuntimeGroup twin(RuleGroup group) {
    return switch (group.kind()) {
      case COMPLETE -> new CompleteGroup(group.id(), group.name(), group.path());
      case FUNCTION -> new FunctionGroup(group.id(), group.name(), group.path());
      case SET -> new PartialGroup(group.id(), group.name(), group.path(), true);
      case OBJECT -> new PartialGroup(group.id(), group.name(), group.path(), false);
    };
  }

  private RuntimeNode node(RuleNode node) {
    RuleGroup group = node.group();
    RuntimeNode made = new RuntimeNode(group == null ? null : groups.get(group.id()));
    nodes.put(node, made);
    node.children().forEach((key, child) -> made.add(key, node(child)));
    return made;
  }

  CheckedModules modules() {
    return modules;
  }

  boolean traced() {
    return traced;
  }

  RuntimeGroup group(RuleGroup group) {
    return groups.get(group.id());
  }

  RuntimeNode runtime(RuleNode node) {
    RuntimeNode found = nodes.get(node);
    if (found == null) {
      throw new IllegalStateException("node without a twin");
    }
    return found;
  }

  RuntimeNode root() {
    return runtime(modules.root());
  }

  int size() {
    return groups.size();
  }
}
