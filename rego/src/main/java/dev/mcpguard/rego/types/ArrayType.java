package dev.mcpguard.rego.types;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An array with known first elements and, unless null, a type for all further ones. */
public record ArrayType(List<Type> elements, @Nullable Type rest) implements Type {
  public ArrayType {
    elements = List.copyOf(elements);
  }

  public static ArrayType of(Type element) {
    return new ArrayType(List.of(), element);
  }

  /** The type at an index, or null if there can be none. */
  public @Nullable Type at(int index) {
    if (index < 0) {
      return null;
    }
    return index < elements.size() ? elements.get(index) : rest;
  }

  @Override
  public String toString() {
    String known =
        elements.isEmpty()
            ? ""
            : elements.stream().map(Type::toString).collect(Collectors.joining(", ", "<", ">"));
    return "array" + known + (rest == null ? "" : "[" + rest + "]");
  }
}
