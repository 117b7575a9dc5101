/**
 * The guard's back side: the registered tool servers as the gate calls them, made from their
 * manifests, supervised, and compared with their approved definitions.
 */
@NullMarked
package dev.mcpguard.downstream;

import org.jspecify.annotations.NullMarked;
