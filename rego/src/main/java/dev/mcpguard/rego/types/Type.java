package dev.mcpguard.rego.types;

/**
 * The static type of a term. Immutable; {@link #toString()} renders it as OPA prints it, and {@link
 * TypeParser#parse} reads that notation.
 */
public sealed interface Type
    permits AnyType, ScalarType, ArrayType, ObjectType, SetType, FunctionType {}
