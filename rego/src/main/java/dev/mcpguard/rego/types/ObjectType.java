package dev.mcpguard.rego.types;

import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object with known keys and, unless null, types for all other keys and their values. */
public record ObjectType(SortedMap<Value, Type> properties, @Nullable Type key, @Nullable Type rest)
    implements Type {
  public ObjectType {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    if ((key == null) != (rest == null)) {
      throw new IllegalArgumentException("an object type has both a key and a value type or none");
    }
  }

  public static ObjectType of(Type key, Type value) {
    return new ObjectType(Collections.emptySortedMap(), key, value);
  }

  public static ObjectType of(Map<Value, Type> properties) {
    return new ObjectType(new TreeMap<>(properties), null, null);
  }

  /** The type of the value under a key, or null if there can be none. */
  public @Nullable Type at(Value name) {
    Type known = properties.get(name);
    if (known != null) {
      return known;
    }
    return key != null && Types.unifies(key, Types.typeOf(name)) ? rest : null;
  }

  @Override
  public String toString() {
    String known =
        properties.isEmpty()
            ? ""
            : properties.entrySet().stream()
                .map(entry -> keyText(entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "<", ">"));
    return "object" + known + (key == null ? "" : "[" + key + ": " + rest + "]");
  }

  private static String keyText(Value key) {
    return key instanceof StringValue text ? text.text() : key.toString();
  }
}
