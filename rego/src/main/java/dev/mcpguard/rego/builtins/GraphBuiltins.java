package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reachability in graphs, and walking a document. */
final class GraphBuiltins {
  private static final String GRAPH =
      "(object[any: any<array[any], set[any]>], any<array[any], set[any]>) => ";

  private GraphBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("graph.reachable", GRAPH + "set[any]", GraphBuiltins::reachable)
        .add("graph.reachable_paths", GRAPH + "set[array[any]]", GraphBuiltins::paths)
        .addRelation("walk", "(any) => array<array[any], any>", GraphBuiltins::walk);
  }

  private static ArrayValue start(Value[] operands) {
    ArrayValue start = Operands.elements(operands[1]);
    if (start == null) {
      throw Operands.typeError(operands, 1, "{array, set}");
    }
    return start;
  }

  /** The neighbors of a node, none if its edges are no collection; null if it is not in the graph. */
  private static @Nullable ArrayValue neighbors(ObjectValue graph, Value node) {
    Value edges = graph.get(node);
    if (edges == null) {
      return null;
    }
    ArrayValue neighbors = Operands.elements(edges);
    return neighbors == null ? ArrayValue.EMPTY : neighbors;
  }

  private static Value reachable(BuiltinContext context, Value[] operands) {
    ObjectValue graph = Operands.object(operands, 0);
    SetValue.Builder reached = SetValue.builder();
    SetValue.Builder queued = SetValue.builder();
    Deque<Value> queue = new ArrayDeque<>();
    start(operands).forEach(queue::add);
    while (!queue.isEmpty()) {
      Value node = queue.remove();
      context.charge(1);
      ArrayValue neighbors = neighbors(graph, node);
      if (neighbors == null || !reached.addIfAbsent(node)) {
        continue;
      }
      context.charge(neighbors.size());
      for (Value neighbor : neighbors) {
        if (queued.addIfAbsent(neighbor)) {
          queue.add(neighbor);
        }
      }
    }
    return reached.build();
  }

  private static Value paths(BuiltinContext context, Value[] operands) {
    ObjectValue graph = Operands.object(operands, 0);
    PathSearch search = new PathSearch(context, graph);
    for (Value node : start(operands)) {
      ArrayValue neighbors = neighbors(graph, node);
      if (neighbors != null) {
        search.from(node, neighbors);
      }
    }
    return search.found.build();
  }

  /** Follows every path as OPA does, with frames of its own so that long paths need no stack. */
  private static final class PathSearch {
    private final BuiltinContext context;
    private final ObjectValue graph;
    private final SetValue.Builder found = SetValue.builder();
    private final List<Value> path = new ArrayList<>();
    private final Set<Value> reached = new HashSet<>();

    PathSearch(BuiltinContext context, ObjectValue graph) {
      this.context = context;
      this.graph = graph;
    }

    void from(Value node, ArrayValue neighbors) {
      path.clear();
      path.add(node);
      if (neighbors.isEmpty()) {
        commit(1);
      }
      for (Value neighbor : neighbors) {
        reached.clear();
        reached.add(node);
        explore(neighbor);
      }
    }

    private void explore(Value first) {
      Deque<Frame> frames = new ArrayDeque<>();
      enter(first, frames);
      while (!frames.isEmpty()) {
        Frame frame = frames.getLast();
        if (frame.next == frame.neighbors.size()) {
          frames.removeLast();
          path.removeLast();
          continue;
        }
        Value neighbor = frame.neighbors.get(frame.next++);
        context.charge(1);
        if (reached.contains(neighbor)) {
          commit(++frame.repeats);
        } else {
          reached.add(frame.node);
          enter(neighbor, frames);
        }
      }
    }

    private void enter(Value node, Deque<Frame> frames) {
      ArrayValue neighbors = neighbors(graph, node);
      if (neighbors == null) {
        commit(1);
        return;
      }
      path.add(node);
      if (neighbors.isEmpty()) {
        commit(1);
        path.removeLast();
      } else {
        frames.add(new Frame(node, neighbors));
      }
    }

    /** OPA repeats the path once for every earlier loop back from the same node. */
    private void commit(int times) {
      context.charge((long) path.size() * times);
      ArrayValue.Builder whole = ArrayValue.builder(path.size() * times);
      for (int i = 0; i < times; i++) {
        path.forEach(whole::add);
      }
      found.add(whole.build());
    }
  }

  private static final class Frame {
    private final Value node;
    private final ArrayValue neighbors;
    private int next;
    private int repeats;

    Frame(Value node, ArrayValue neighbors) {
      this.node = node;
      this.neighbors = neighbors;
    }
  }

  private static Value walk(BuiltinContext context, Value[] operands) {
    ArrayValue.Builder found = ArrayValue.builder();
    walk(context, ArrayValue.EMPTY, operands[0], found);
    return found.build();
  }

  private static void walk(
      BuiltinContext context, ArrayValue path, Value value, ArrayValue.Builder found) {
    context.charge(1 + path.size());
    found.add(ArrayValue.of(path, value));
    switch (value) {
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          walk(context, append(path, NumberValue.of(i)), array.get(i), found);
        }
      }
      case ObjectValue object -> {
        for (int i = 0; i < object.size(); i++) {
          walk(context, append(path, object.keyAt(i)), object.valueAt(i), found);
        }
      }
      case SetValue set -> {
        for (Value element : set) {
          walk(context, append(path, element), element, found);
        }
      }
      default -> {}
    }
  }

  private static ArrayValue append(ArrayValue path, Value key) {
    ArrayValue.Builder longer = ArrayValue.builder(path.size() + 1);
    path.forEach(longer::add);
    return longer.add(key).build();
  }
}
