/** Tests of the engine as a whole. */
@NullMarked
package dev.mcpguard.rego;

import org.jspecify.annotations.NullMarked;
