/** Rego's builtin functions with OPA's semantics, budgeted and free of side effects. */
@NullMarked
package dev.mcpguard.rego.builtins;

import org.jspecify.annotations.NullMarked;
