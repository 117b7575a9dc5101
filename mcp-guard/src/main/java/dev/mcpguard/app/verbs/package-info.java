/** What the guard's own tools do: the verbs of {@code mcp-guard registry} for a running guard. */
@NullMarked
package dev.mcpguard.app.verbs;

import org.jspecify.annotations.NullMarked;
