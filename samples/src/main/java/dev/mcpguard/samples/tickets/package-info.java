/** A ticket desk on disk, served over Streamable HTTP on loopback. */
@NullMarked
package dev.mcpguard.samples.tickets;

import org.jspecify.annotations.NullMarked;
