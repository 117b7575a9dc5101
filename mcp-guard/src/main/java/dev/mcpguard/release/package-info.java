/** What of a server's answer may leave: its shape, its size, its error codes and what is redacted. */
@NullMarked
package dev.mcpguard.release;

import org.jspecify.annotations.NullMarked;
