/**
 * Tokens the guard itself signs. Today: the development issuer, for trying things on one machine.
 */
@NullMarked
package dev.mcpguard.issuer;

import org.jspecify.annotations.NullMarked;
