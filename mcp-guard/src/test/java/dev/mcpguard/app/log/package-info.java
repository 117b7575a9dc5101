@NullMarked
package dev.mcpguard.app.log;

import org.jspecify.annotations.NullMarked;
