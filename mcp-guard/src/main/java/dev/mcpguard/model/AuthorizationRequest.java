package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * One question to policy, in the AuthZEN 1.0 vocabulary: {@code subject}, {@code action}, {@code
 * resource}, {@code context}. The document is also what the record keeps and what replay asks again.
 */
public record AuthorizationRequest(JsonObject input) {}
