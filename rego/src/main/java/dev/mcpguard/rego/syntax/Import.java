package dev.mcpguard.rego.syntax;

import java.util.List;

/** {@code import data.a.b as alias}; {@code path} starts with data, input, rego or future. */
public record Import(List<String> path, String alias, Location location) {
  public Import {
    path = List.copyOf(path);
  }

  public String dotted() {
    return String.join(".", path);
  }
}
