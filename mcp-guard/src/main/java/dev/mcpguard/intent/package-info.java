/**
 * Declared intent: the carriers it travels in, how they are intersected, and what it covers. Intent
 * is a ceiling, never a right; free text is recorded and inert. Specification: {@code
 * docs/intent.md}.
 */
@NullMarked
package dev.mcpguard.intent;

import org.jspecify.annotations.NullMarked;
