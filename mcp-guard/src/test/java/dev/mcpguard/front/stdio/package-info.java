@NullMarked
package dev.mcpguard.front.stdio;

import org.jspecify.annotations.NullMarked;
