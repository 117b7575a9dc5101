/** A running guard, wired by hand in the order in which it can fail; and what looks at one from outside. */
@NullMarked
package dev.mcpguard.app.wiring;

import org.jspecify.annotations.NullMarked;
