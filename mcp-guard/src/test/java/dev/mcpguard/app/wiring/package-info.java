@NullMarked
package dev.mcpguard.app.wiring;

import org.jspecify.annotations.NullMarked;
