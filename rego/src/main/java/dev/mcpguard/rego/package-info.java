/** See the module's README. */
@NullMarked
package dev.mcpguard.rego;

import org.jspecify.annotations.NullMarked;
