/**
 * The revisions before 2026-07-28: handshake, sessions, and requests of the guard to a client. A
 * session id is a name, never authentication.
 */
@NullMarked
package dev.mcpguard.front.legacy;

import org.jspecify.annotations.NullMarked;
