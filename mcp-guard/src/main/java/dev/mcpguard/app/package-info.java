/** The process: main, command line, wiring by hand. The only package that knows all others. */
@NullMarked
package dev.mcpguard.app;

import org.jspecify.annotations.NullMarked;
