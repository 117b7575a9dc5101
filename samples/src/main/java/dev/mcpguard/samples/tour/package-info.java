/** A walk through the quickstart against a running guard. Knows the guard by its wire only. */
@NullMarked
package dev.mcpguard.samples.tour;

import org.jspecify.annotations.NullMarked;
