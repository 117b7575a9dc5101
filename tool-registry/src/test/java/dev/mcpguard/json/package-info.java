@NullMarked
package dev.mcpguard.json;

import org.jspecify.annotations.NullMarked;
