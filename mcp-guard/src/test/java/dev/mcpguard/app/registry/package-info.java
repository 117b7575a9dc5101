@NullMarked
package dev.mcpguard.app.registry;

import org.jspecify.annotations.NullMarked;
