package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * A request for another primitive that reaches a server ({@code resources/read}, {@code
 * prompts/get}, {@code completion/complete}, ...), with its own action name in policy.
 *
 * @param facts the request
 * @param server the server id
 * @param params the parameters as parsed, {@code _meta} included
 */
public record PrimitiveCall(RequestFacts facts, String server, JsonObject params)
    implements GatedRequest {}
