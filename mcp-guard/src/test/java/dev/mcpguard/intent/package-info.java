@NullMarked
package dev.mcpguard.intent;

import org.jspecify.annotations.NullMarked;
