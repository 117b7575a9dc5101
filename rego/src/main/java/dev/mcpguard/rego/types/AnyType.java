package dev.mcpguard.rego.types;

import java.util.List;
import java.util.stream.Collectors;

/** One of the listed types, or anything at all if none is listed. */
public record AnyType(List<Type> options) implements Type {
  public static final AnyType ANY = new AnyType(List.of());

  public AnyType {
    options = List.copyOf(options);
  }

  /** Whether this is the type of every value. */
  public boolean isTop() {
    return options.isEmpty();
  }

  @Override
  public String toString() {
    return isTop()
        ? "any"
        : options.stream().map(Type::toString).collect(Collectors.joining(", ", "any<", ">"));
  }
}
