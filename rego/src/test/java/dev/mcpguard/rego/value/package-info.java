/** Tests. */
@NullMarked
package dev.mcpguard.rego.value;

import org.jspecify.annotations.NullMarked;
