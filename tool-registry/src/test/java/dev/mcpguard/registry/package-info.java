@NullMarked
package dev.mcpguard.registry;

import org.jspecify.annotations.NullMarked;
