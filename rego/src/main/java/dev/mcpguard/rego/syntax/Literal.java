package dev.mcpguard.rego.syntax;

import java.util.List;

/** One expression of a body with its {@code not} and {@code with}. */
public record Literal(
    Statement statement, boolean negated, List<With> with, Location location) {
  public Literal {
    with = List.copyOf(with);
  }

  public Literal(Statement statement, Location location) {
    this(statement, false, List.of(), location);
  }

  /** {@code with target as value}. */
  public record With(Term target, Term value, Location location) {}
}
