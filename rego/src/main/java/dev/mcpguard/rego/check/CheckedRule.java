package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule with names resolved and its body in an order in which every variable is bound before use.
 * {@code suffix} holds the terms of the head below the path of the group; {@code bodyAsWritten} is
 * the resolved body before ordering.
 */
public record CheckedRule(
    List<Term> suffix,
    List<Term> arguments,
    @Nullable Term member,
    Term value,
    Body body,
    Body bodyAsWritten,
    @Nullable CheckedRule otherwise,
    Location location) {
  public CheckedRule {
    suffix = List.copyOf(suffix);
    arguments = List.copyOf(arguments);
  }
}
