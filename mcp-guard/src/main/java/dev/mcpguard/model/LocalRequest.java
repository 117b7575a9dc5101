package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * A request the guard answers itself ({@code initialize}, {@code server/discover}, {@code ping},
 * opening a stream, ending a session): it needs a verified caller and leaves a record, and reaches no
 * server.
 *
 * @param facts the request
 * @param result the answer, should the caller be who it says
 */
public record LocalRequest(RequestFacts facts, JsonObject result) implements GatedRequest {}
