/** JMH benchmarks of the guard's parts; profile {@code bench}. */
@NullMarked
package dev.mcpguard.bench;

import org.jspecify.annotations.NullMarked;
