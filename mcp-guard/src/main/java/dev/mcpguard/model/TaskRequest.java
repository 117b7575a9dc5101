package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * A strictly parsed request about a task: {@code tasks/get}, {@code tasks/update}, {@code
 * tasks/cancel} (SEP-2663), or the wish to hear of it. Which call it belongs to, and whether it is
 * this caller's at all, only the gate knows.
 *
 * @param facts the request
 * @param taskId the id as the client wrote it
 * @param responses members beside the id, for forwarding ({@code inputResponses}); may be empty
 * @param meta {@code params._meta} as parsed, empty if absent
 */
public record TaskRequest(RequestFacts facts, String taskId, JsonObject responses, JsonObject meta)
    implements GatedRequest {}
