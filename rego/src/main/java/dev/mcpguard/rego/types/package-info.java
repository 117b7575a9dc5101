/** Static types of Rego terms and builtin functions, in OPA's notation. */
@NullMarked
package dev.mcpguard.rego.types;

import org.jspecify.annotations.NullMarked;
