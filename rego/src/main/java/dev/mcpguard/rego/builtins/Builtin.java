package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.types.FunctionType;

/**
 * A builtin function.
 *
 * @param relation whether the call stands for each element of the array it gives, as {@code walk}
 * @param nondeterministic whether the answer depends on more than the operands
 */
public record Builtin(
    String name,
    FunctionType type,
    BuiltinFunction function,
    boolean relation,
    boolean nondeterministic) {}
