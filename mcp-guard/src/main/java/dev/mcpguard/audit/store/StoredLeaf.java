package dev.mcpguard.audit.store;

import org.jspecify.annotations.Nullable;

/**
 * A leaf as read from a segment.
 *
 * @param sequence its sequence number
 * @param leaf its bytes
 * @param link the link of the chain stored with it; null in packed segments
 * @param offset where it lies in its file: the frame, or the bundle that holds it
 */
public record StoredLeaf(long sequence, byte[] leaf, byte @Nullable [] link, long offset) {}
