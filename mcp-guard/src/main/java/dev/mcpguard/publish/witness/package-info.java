/** The HTTP side of the C2SP tlog-witness protocol, both ends of it. */
@NullMarked
package dev.mcpguard.publish.witness;

import org.jspecify.annotations.NullMarked;
