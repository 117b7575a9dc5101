package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** What a builtin does. Safe for use by any number of threads. */
@FunctionalInterface
public interface BuiltinFunction {
  /**
   * Answers for operands whose number the caller has checked against the builtin's type.
   *
   * @return the result, or null for undefined; a relation gives an array of its tuples
   * @throws BuiltinError if the operands allow no answer
   */
  @Nullable Value call(BuiltinContext context, Value[] arguments) throws BuiltinError;
}
