/** Immutable Rego values with OPA's total order, semantic equality and exact numbers. */
@NullMarked
package dev.mcpguard.rego.value;

import org.jspecify.annotations.NullMarked;
