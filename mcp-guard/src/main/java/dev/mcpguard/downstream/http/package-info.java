/**
 * Streamable HTTP toward tool servers, by Netty: one bounded pool of connections per server and a
 * blocking facade for virtual threads. The event loop never waits and no buffer leaves it. No
 * redirects, no proxies, no content codings, no retries of anything that may have run.
 */
@NullMarked
package dev.mcpguard.downstream.http;

import org.jspecify.annotations.NullMarked;
