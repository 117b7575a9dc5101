@NullMarked
package dev.mcpguard.gate;

import org.jspecify.annotations.NullMarked;
