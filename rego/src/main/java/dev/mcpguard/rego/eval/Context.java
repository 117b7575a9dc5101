package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents, replaced functions and remembered results of an evaluation or of one {@code with}
 * within it. Every {@code with} has results of its own, so that none leaks into or out of it.
 */
public final class Context {
  private final Execution execution;
  private final RuntimeNode root;
  private final @Nullable Value input;
  private final Value data;
  private final @Nullable BitSet replacedGroups;
  private final @Nullable Map<RuntimeNode, Boolean> replacedNodes;
  private final @Nullable Map<String, Replacement> mocks;
  private final @Nullable Object[] results;

  public Context(
      Execution execution, RuntimeNode root, int groups, @Nullable Value input, Value data) {
    this(execution, root, input, data, null, null, null, new @Nullable Object[groups]);
  }

  private Context(
      Execution execution,
      RuntimeNode root,
      @Nullable Value input,
      Value data,
      @Nullable BitSet replacedGroups,
      @Nullable Map<RuntimeNode, Boolean> replacedNodes,
      @Nullable Map<String, Replacement> mocks,
      @Nullable Object[] results) {
    this.execution = execution;
    this.root = root;
    this.input = input;
    this.data = data;
    this.replacedGroups = replacedGroups;
    this.replacedNodes = replacedNodes;
    this.mocks = mocks;
    this.results = results;
  }

  /** What all layers of the evaluation share. */
  public Execution execution() {
    return execution;
  }

  @Nullable Value input() {
    return input;
  }

  Value data() {
    return data;
  }

  @Nullable Object result(int group) {
    return results[group];
  }

  void result(int group, Object value) {
    results[group] = value;
  }

  boolean replaced(RuntimeGroup group) {
    return replacedGroups != null && replacedGroups.get(group.id());
  }

  boolean replaced(RuntimeNode node) {
    return replacedNodes != null && replacedNodes.containsKey(node);
  }

  @Nullable Replacement mock(String function) {
    return mocks == null ? null : mocks.get(function);
  }

  private @Nullable Object[] noResults() {
    return new @Nullable Object[results.length];
  }

  Context withInput(Value[] path, Value value) {
    Value replaced = put(input, path, 0, value);
    return new Context(
        execution, root, replaced, data, replacedGroups, replacedNodes, mocks, noResults());
  }

  Context withData(Value[] path, Value value) {
    Map<RuntimeNode, Boolean> nodes = new java.util.IdentityHashMap<>();
    BitSet groups = new BitSet();
    if (replacedNodes != null && replacedGroups != null) {
      nodes.putAll(replacedNodes);
      groups.or(replacedGroups);
    }
    RuntimeNode node = root;
    for (int i = 0; i < path.length && node != null; i++) {
      node = node.child(path[i]);
    }
    if (node != null) {
      nodes.put(node, true);
      node.forEachGroup(group -> groups.set(group.id()));
    }
    Value replaced = put(data, path, 0, value);
    return new Context(execution, root, input, replaced, groups, nodes, mocks, noResults());
  }

  Context withMock(String function, Replacement replacement) {
    Map<String, Replacement> more = mocks == null ? new HashMap<>() : new HashMap<>(mocks);
    more.put(function, replacement);
    return new Context(
        execution, root, input, data, replacedGroups, replacedNodes, more, noResults());
  }

  Context withoutMock(String function) {
    Map<String, Replacement> fewer = mocks == null ? new HashMap<>() : new HashMap<>(mocks);
    fewer.remove(function);
    return new Context(
        execution, root, input, data, replacedGroups, replacedNodes, fewer, noResults());
  }

  private static Value put(@Nullable Value document, Value[] path, int index, Value value) {
    if (index == path.length) {
      return value;
    }
    Value key = path[index];
    if (document instanceof ObjectValue object) {
      return object.toBuilder().put(key, put(object.get(key), path, index + 1, value)).build();
    }
    return ObjectValue.builder().put(key, put(null, path, index + 1, value)).build();
  }
}
