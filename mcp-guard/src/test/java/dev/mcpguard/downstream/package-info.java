@NullMarked
package dev.mcpguard.downstream;

import org.jspecify.annotations.NullMarked;
