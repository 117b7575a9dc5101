/** Entry point of the process. {@code app} is the only package that knows all others. */
@NullMarked
package dev.mcpguard.app;

import org.jspecify.annotations.NullMarked;
