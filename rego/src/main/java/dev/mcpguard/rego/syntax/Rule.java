package dev.mcpguard.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as written. {@code path} is the head reference below the package; its first term is a
 * constant string. {@code arguments} is null unless the rule is a function; {@code member} is the
 * term of {@code contains}; {@code value} is the value (constant true when left out).
 */
public record Rule(
    boolean isDefault,
    List<Term> path,
    @Nullable List<Term> arguments,
    @Nullable Term member,
    Term value,
    Body body,
    @Nullable Rule otherwise,
    Location location) {
  public Rule {
    path = List.copyOf(path);
    arguments = arguments == null ? null : List.copyOf(arguments);
  }

  public Rule withOtherwise(@Nullable Rule next) {
    return new Rule(isDefault, path, arguments, member, value, body, next, location);
  }

  public boolean isFunction() {
    return arguments != null;
  }
}
