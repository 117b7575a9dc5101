@NullMarked
package dev.mcpguard.samples.tickets;

import org.jspecify.annotations.NullMarked;
