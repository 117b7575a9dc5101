/**
 * What leaves the guard on its own clock or when it is asked for, never on the request path:
 * telemetry, metrics, checkpoints for a witness.
 */
@NullMarked
package dev.mcpguard.publish;

import org.jspecify.annotations.NullMarked;
