/**
 * Whole-system stories and their equipment: recording tool servers, the standing listeners and a
 * raw HTTP client. The equipment shares no code with the guard, so that one misreading cannot hide
 * in both.
 */
@NullMarked
package dev.mcpguard.system;

import org.jspecify.annotations.NullMarked;
