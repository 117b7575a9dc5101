package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON Patch (RFC 6902), on sets too. Any operation that fails makes the whole patch fail. */
final class JsonPatch {
  private final BuiltinContext context;
  private @Nullable Value document;

  JsonPatch(BuiltinContext context, Value document) {
    this.context = context;
    this.document = document;
  }

  @Nullable Value apply(ArrayValue operations) {
    for (Value operation : operations) {
      if (!(operation instanceof ObjectValue patch)) {
        throw BuiltinError.of("must be an array of JSON-Patch objects");
      }
      apply(patch);
    }
    return document;
  }

  private void apply(ObjectValue patch) {
    String name = attribute(patch, "op") instanceof StringValue text ? text.text() : "";
    List<Value> path = JsonPathBuiltins.path(attribute(patch, "path"));
    switch (name) {
      case "add" -> insert(path, attribute(patch, "value"));
      case "remove" -> delete(path);
      case "replace" -> {
        Value value = attribute(patch, "value");
        delete(path);
        insert(path, value);
      }
      case "move" -> {
        List<Value> from = JsonPathBuiltins.path(attribute(patch, "from"));
        Value moved = find(from);
        delete(from);
        insert(path, moved);
      }
      case "copy" -> insert(path, find(JsonPathBuiltins.path(attribute(patch, "from"))));
      case "test" -> {
        if (!find(path).equals(attribute(patch, "value"))) {
          throw BuiltinError.of("test failed");
        }
      }
      default -> throw BuiltinError.of("unrecognized op '" + name + "'");
    }
  }

  private static Value attribute(ObjectValue patch, String name) {
    Value value = patch.get(name);
    if (value == null) {
      throw BuiltinError.of("missing '" + name + "' attribute");
    }
    return value;
  }

  private Value find(List<Value> path) {
    Value found = document;
    for (Value key : path) {
      context.charge(1);
      found = found == null ? null : child(found, key);
    }
    if (found == null) {
      throw noSuchPath();
    }
    return found;
  }

  private static BuiltinError noSuchPath() {
    return BuiltinError.of("path does not exist");
  }

  private static @Nullable Value child(Value value, Value key) {
    return value instanceof ArrayValue array
        ? array.get(index(key, array.size() - 1))
        : Paths.step(value, key);
  }

  private void insert(List<Value> path, Value value) {
    document = path.isEmpty() ? value : edit(existing(), path, 0, value);
  }

  private void delete(List<Value> path) {
    if (path.isEmpty()) {
      existing();
      document = null;
    } else {
      document = edit(existing(), path, 0, null);
    }
  }

  private Value existing() {
    if (document == null) {
      throw noSuchPath();
    }
    return document;
  }

  /** The value with the change made below it; a null change removes. */
  private Value edit(Value value, List<Value> path, int depth, @Nullable Value change) {
    Value key = path.get(depth);
    boolean last = depth == path.size() - 1;
    return switch (value) {
      case ObjectValue object -> editObject(object, key, last ? change : inner(object, path, depth, change));
      case ArrayValue array -> editArray(array, path, depth, change);
      case SetValue set -> editSet(set, key, last ? change : inner(set, path, depth, change), last);
      default -> throw noSuchPath();
    };
  }

  private Value inner(Value value, List<Value> path, int depth, @Nullable Value change) {
    Value child = child(value, path.get(depth));
    if (child == null) {
      throw noSuchPath();
    }
    return edit(child, path, depth + 1, change);
  }

  private Value editObject(ObjectValue object, Value key, @Nullable Value change) {
    context.charge(object.size());
    if (change != null) {
      return object.toBuilder().put(key, change).build();
    }
    if (!object.containsKey(key)) {
      throw noSuchPath();
    }
    ObjectValue.Builder kept = ObjectValue.builder();
    object.forEach(
        (name, inner) -> {
          if (!name.equals(key)) {
            kept.put(name, inner);
          }
        });
    return kept.build();
  }

  private Value editSet(SetValue set, Value key, @Nullable Value change, boolean last) {
    context.charge(set.size());
    if (last && change != null) {
      // A set has its elements for keys, so only an element can be added under its own key.
      if (!change.equals(key)) {
        throw BuiltinError.of("set key and value differ");
      }
      return SetValue.builder().addAll(set).add(change).build();
    }
    if (!set.contains(key)) {
      throw noSuchPath();
    }
    SetValue without = set.minus(SetValue.of(key));
    return change == null ? without : SetValue.builder().addAll(without).add(change).build();
  }

  private Value editArray(ArrayValue array, List<Value> path, int depth, @Nullable Value change) {
    context.charge(array.size());
    Value key = path.get(depth);
    boolean last = depth == path.size() - 1;
    List<Value> elements = new ArrayList<>(List.of(array.toArray()));
    if (!last) {
      elements.set(index(key, array.size() - 1), inner(array, path, depth, change));
    } else if (change == null) {
      elements.remove(index(key, array.size() - 1));
    } else {
      boolean end = key instanceof StringValue text && text.text().equals("-");
      elements.add(end ? array.size() : index(key, array.size()), Objects.requireNonNull(change));
    }
    return ArrayValue.of(elements);
  }

  private static int index(Value key, int most) {
    String text = key instanceof StringValue string ? string.text() : key instanceof NumberValue n ? n.text() : "";
    boolean digits = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 1 && text.charAt(0) == '0' || Integer.parseInt(text) > most) {
      throw BuiltinError.of("bad array index `" + text + "`");
    }
    return Integer.parseInt(text);
  }
}
