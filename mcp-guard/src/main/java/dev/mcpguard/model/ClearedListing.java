package dev.mcpguard.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One page of a server's own list, asked for a verified caller; the gate filters what comes back.
 *
 * <p>INVARIANT: built in package {@code gate} only; {@code ArchitectureTest} holds it.
 *
 * @param request the client's request; its method is the one sent
 * @param principal the verified caller
 * @param server whose list
 * @param cursor the server's own cursor, or null for the first page
 * @param deadline when it ends
 */
public record ClearedListing(
    ListRequest request,
    Principal principal,
    String server,
    @Nullable String cursor,
    Instant deadline) {}
