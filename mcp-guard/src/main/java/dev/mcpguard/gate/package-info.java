/**
 * The gate (PEP): the straight line every request walks. The order of the steps is the security
 * property, so it is written down once, in code; there is no interceptor chain, no callback and no
 * second path.
 */
@NullMarked
package dev.mcpguard.gate;

import org.jspecify.annotations.NullMarked;
