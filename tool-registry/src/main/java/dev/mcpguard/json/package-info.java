/** See the module's README. */
@NullMarked
package dev.mcpguard.json;

import org.jspecify.annotations.NullMarked;
