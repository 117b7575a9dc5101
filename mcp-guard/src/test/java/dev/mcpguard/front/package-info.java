@NullMarked
package dev.mcpguard.front;

import org.jspecify.annotations.NullMarked;
