package dev.mcpguard.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a literal states. */
public sealed interface Statement {

  /** A term that must be defined and not false. */
  record Expression(Term term) implements Statement {}

  /** {@code left = right}. */
  record Unification(Term left, Term right) implements Statement {}

  /** {@code left := right}; declares the variables of the left side. */
  record Assignment(Term left, Term right) implements Statement {}

  /** {@code some x, y}. */
  record SomeDeclaration(List<Term.Variable> variables) implements Statement {
    public SomeDeclaration {
      variables = List.copyOf(variables);
    }
  }

  /** {@code some key, value in collection}. */
  record SomeIn(@Nullable Term key, Term value, Term collection) implements Statement {}

  /** {@code every key, value in domain { body }}. */
  record Every(@Nullable Term key, Term value, Term domain, Body body) implements Statement {}
}
