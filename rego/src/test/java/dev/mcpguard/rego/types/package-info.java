/** Tests. */
@NullMarked
package dev.mcpguard.rego.types;

import org.jspecify.annotations.NullMarked;
