/**
 * Tool servers as child processes: one JSON message per line over their standard streams. Commands
 * come from manifests only, no shell is started, and the environment is what the manifest says.
 */
@NullMarked
package dev.mcpguard.downstream.stdio;

import org.jspecify.annotations.NullMarked;
