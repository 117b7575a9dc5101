/** Tests. */
@NullMarked
package dev.mcpguard.rego.builtins;

import org.jspecify.annotations.NullMarked;
