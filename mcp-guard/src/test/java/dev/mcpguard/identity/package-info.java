@NullMarked
package dev.mcpguard.identity;

import org.jspecify.annotations.NullMarked;
