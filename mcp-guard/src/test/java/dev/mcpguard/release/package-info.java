@NullMarked
package dev.mcpguard.release;

import org.jspecify.annotations.NullMarked;
