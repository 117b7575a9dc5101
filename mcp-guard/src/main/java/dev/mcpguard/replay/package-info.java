/**
 * Re-decides recorded calls offline, from their records and the evidence kept beside the log. Sees the
 * call log and the embedded evaluator only; no network class is reachable from here ({@code
 * ArchitectureTest} holds it): elsewhere a replay ran blocked calls against live servers.
 */
@NullMarked
package dev.mcpguard.replay;

import org.jspecify.annotations.NullMarked;
