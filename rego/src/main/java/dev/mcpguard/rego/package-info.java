/**
 * A Rego v1 engine: compile modules with {@link dev.mcpguard.rego.Rego}, evaluate with {@link
 * dev.mcpguard.rego.CompiledPolicy}. Errors are values; compiled policies are immutable.
 */
@NullMarked
package dev.mcpguard.rego;

import org.jspecify.annotations.NullMarked;
