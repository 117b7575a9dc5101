/**
 * Poisoning checks: what in a tool definition is aimed at the model, the reader or the parser. A
 * scan flags; it never approves. Depends on {@code json} only.
 */
@NullMarked
package dev.mcpguard.registry.poison;

import org.jspecify.annotations.NullMarked;
