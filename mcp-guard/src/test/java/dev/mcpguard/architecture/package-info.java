/** What holds the house together. */
@NullMarked
package dev.mcpguard.architecture;

import org.jspecify.annotations.NullMarked;
