package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;

/** Reads values from JSON in which {@code $set} marks sets and {@code $obj} objects as pairs. */
final class TaggedJson {
  private TaggedJson() {}

  static Value read(Value json) {
    return switch (json) {
      case ArrayValue array -> {
        ArrayValue.Builder elements = ArrayValue.builder();
        array.forEach(element -> elements.add(read(element)));
        yield elements.build();
      }
      case ObjectValue object -> readObject(object);
      default -> json;
    };
  }

  private static Value readObject(ObjectValue object) {
    if (object.get("$set") instanceof ArrayValue members) {
      SetValue.Builder set = SetValue.builder();
      members.forEach(member -> set.add(read(member)));
      return set.build();
    }
    ObjectValue.Builder entries = ObjectValue.builder();
    if (object.get("$obj") instanceof ArrayValue pairs) {
      for (Value pair : pairs) {
        ArrayValue both = (ArrayValue) pair;
        entries.put(read(both.get(0)), read(both.get(1)));
      }
    }
    return entries.build();
  }
}
