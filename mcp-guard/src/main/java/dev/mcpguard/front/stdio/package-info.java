/** The stdio front: one JSON message a line, both eras, one client. */
@NullMarked
package dev.mcpguard.front.stdio;

import org.jspecify.annotations.NullMarked;
