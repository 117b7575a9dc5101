package dev.mcpguard.rego.types;

/** A set of elements of one type. */
public record SetType(Type element) implements Type {
  @Override
  public String toString() {
    return "set[" + element + "]";
  }
}
