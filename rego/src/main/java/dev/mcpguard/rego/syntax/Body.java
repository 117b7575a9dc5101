package dev.mcpguard.rego.syntax;

import java.util.List;

/** Literals that must all hold. An empty body holds. */
public record Body(List<Literal> literals) {
  public Body {
    literals = List.copyOf(literals);
  }

  public static final Body EMPTY = new Body(List.of());
}
