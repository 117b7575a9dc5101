package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A list method ({@code tools/list}, ...): answered by the guard from approved definitions, filtered
 * to what policy could permit this caller.
 *
 * @param facts the request; {@code facts.route().server()} null means all servers
 * @param cursor the page asked for, or null for the first
 * @param meta {@code params._meta}
 */
public record ListRequest(RequestFacts facts, @Nullable String cursor, JsonObject meta)
    implements GatedRequest {}
