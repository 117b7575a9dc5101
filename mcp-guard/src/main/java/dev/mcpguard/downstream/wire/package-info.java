/**
 * What every tool server client shares, whatever the transport: the request before an era is chosen,
 * the envelope of each era, the reading of what a server says, and the relay to the client.
 */
@NullMarked
package dev.mcpguard.downstream.wire;

import org.jspecify.annotations.NullMarked;
