@NullMarked
package dev.mcpguard.app.command;

import org.jspecify.annotations.NullMarked;
