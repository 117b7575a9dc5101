/**
 * Bridges clients of MCP 2026-07-28 to servers of the revisions with a handshake where the server
 * needs input: parked calls and URL elicitation (protocol.md 4, {@code docs/decisions/0042}).
 */
@NullMarked
package dev.mcpguard.downstream.bridge;

import org.jspecify.annotations.NullMarked;
