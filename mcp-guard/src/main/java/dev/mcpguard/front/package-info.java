/**
 * What every front shares: the JSON-RPC envelope, the table of methods, from a message to a {@link
 * dev.mcpguard.model.GatedRequest}, and from an {@link dev.mcpguard.model.Answer} back to the wire.
 * It decides nothing. {@code front.legacy} fences the revisions with sessions; {@code front.http} and
 * {@code front.stdio} are the transports.
 */
@NullMarked
package dev.mcpguard.front;

import org.jspecify.annotations.NullMarked;
