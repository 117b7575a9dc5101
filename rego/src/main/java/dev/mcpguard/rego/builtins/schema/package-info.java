/** A bounded validator for JSON Schema up to draft 7, without remote references. */
@NullMarked
package dev.mcpguard.rego.builtins.schema;

import org.jspecify.annotations.NullMarked;
