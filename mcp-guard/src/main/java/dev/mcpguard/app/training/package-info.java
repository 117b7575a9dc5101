/** A guard that calls itself for a while: the training run of the start-up cache. */
@NullMarked
package dev.mcpguard.app.training;

import org.jspecify.annotations.NullMarked;
