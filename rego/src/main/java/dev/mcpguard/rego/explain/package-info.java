/** Tells a person why a policy gave what it gave. */
@NullMarked
package dev.mcpguard.rego.explain;

import org.jspecify.annotations.NullMarked;
