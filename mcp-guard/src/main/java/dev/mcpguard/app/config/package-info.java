/** {@code mcp-guard.yaml}: one immutable record per concern, every default in one place. */
@NullMarked
package dev.mcpguard.app.config;

import org.jspecify.annotations.NullMarked;
