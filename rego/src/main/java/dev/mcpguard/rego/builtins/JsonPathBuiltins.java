package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of documents by path: {@code json.filter}, {@code json.remove}, {@code json.patch}. */
final class JsonPathBuiltins {
  private static final String PATHS =
      "(object[any: any], any<array[any<string, array[any]>], set[any<string, array[any]>]>) => any";

  private JsonPathBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("json.filter", PATHS, JsonPathBuiltins::filter)
        .add("json.remove", PATHS, JsonPathBuiltins::remove)
        .add(
            "json.patch",
            "(any, array[object<op: string, path: any>[any: any]]) => any",
            JsonPathBuiltins::patch);
  }

  private static Value filter(BuiltinContext context, Value[] operands) {
    ObjectValue object = Operands.object(operands, 0);
    PathTree tree = tree(context, operands[1]);
    context.charge(Sizes.of(object));
    return tree.isEmpty() ? ObjectValue.EMPTY : keep(object, tree);
  }

  private static Value remove(BuiltinContext context, Value[] operands) {
    ObjectValue object = Operands.object(operands, 0);
    PathTree tree = tree(context, operands[1]);
    context.charge(Sizes.of(object));
    return drop(object, tree);
  }

  private static @Nullable Value patch(BuiltinContext context, Value[] operands) {
    ArrayValue operations = Operands.array(operands, 1);
    context.charge(1);
    return new JsonPatch(context, operands[0]).apply(operations);
  }

  private static PathTree tree(BuiltinContext context, Value operand) {
    ArrayValue paths = Operands.elements(operand);
    if (paths == null) {
      throw Operands.typeError(new Value[] {operand, operand}, 1, "set", "array");
    }
    PathTree tree = new PathTree();
    for (Value path : paths) {
      List<Value> keys = path(path);
      context.charge(1 + keys.size());
      tree.add(keys);
    }
    return tree;
  }

  /** The keys of a path: an array, or text with {@code /} between and {@code ~} as escape. */
  static List<Value> path(Value path) {
    if (path instanceof ArrayValue array) {
      return List.of(array.toArray());
    }
    if (!(path instanceof StringValue text)) {
      throw Operands.error(
          1,
          "must be one of {set, array} containing string paths or array of path segments but got "
              + path.typeName());
    }
    List<Value> keys = new ArrayList<>();
    if (!text.text().isEmpty()) {
      for (String part : text.text().replaceFirst("^/+", "").split("/", -1)) {
        keys.add(StringValue.of(part.replace("~1", "/").replace("~0", "~")));
      }
    }
    return keys;
  }

  private static Value keep(Value value, PathTree tree) {
    if (tree.isLeaf()) {
      return value;
    }
    return switch (value) {
      case ObjectValue object -> {
        ObjectValue.Builder kept = ObjectValue.builder();
        object.forEach(
            (key, inner) -> {
              PathTree child = tree.child(key);
              if (child != null) {
                kept.put(key, keep(inner, child));
              }
            });
        yield kept.build();
      }
      case ArrayValue array -> {
        ArrayValue.Builder kept = ArrayValue.builder();
        for (int i = 0; i < array.size(); i++) {
          PathTree child = tree.child(index(i));
          if (child != null) {
            kept.add(keep(array.get(i), child));
          }
        }
        yield kept.build();
      }
      case SetValue set -> {
        SetValue.Builder kept = SetValue.builder();
        for (Value element : set) {
          PathTree child = tree.child(element);
          if (child != null) {
            kept.add(keep(element, child));
          }
        }
        yield kept.build();
      }
      default -> value;
    };
  }

  private static Value drop(Value value, PathTree tree) {
    return switch (value) {
      case ObjectValue object -> {
        ObjectValue.Builder kept = ObjectValue.builder();
        object.forEach(
            (key, inner) -> {
              PathTree child = tree.child(key);
              if (child == null || !child.isLeaf()) {
                kept.put(key, child == null ? inner : drop(inner, child));
              }
            });
        yield kept.build();
      }
      case ArrayValue array -> {
        ArrayValue.Builder kept = ArrayValue.builder();
        for (int i = 0; i < array.size(); i++) {
          PathTree child = tree.child(index(i));
          if (child == null || !child.isLeaf()) {
            kept.add(child == null ? array.get(i) : drop(array.get(i), child));
          }
        }
        yield kept.build();
      }
      case SetValue set -> {
        SetValue.Builder kept = SetValue.builder();
        for (Value element : set) {
          PathTree child = tree.child(element);
          if (child == null || !child.isLeaf()) {
            kept.add(child == null ? element : drop(element, child));
          }
        }
        yield kept.build();
      }
      default -> value;
    };
  }

  /** Array positions stand in paths as text. */
  private static Value index(int index) {
    return StringValue.of(NumberValue.of(index).text());
  }
}
