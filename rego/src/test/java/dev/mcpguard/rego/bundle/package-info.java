/** Bundles: what they hold, what they must not, and that OPA sees them the same. */
@NullMarked
package dev.mcpguard.rego.bundle;

import org.jspecify.annotations.NullMarked;
