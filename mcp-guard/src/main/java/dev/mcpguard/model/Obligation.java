package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * A duty policy attached to a permit. An obligation that is unknown or cannot be discharged denies.
 *
 * @param type {@code redact}, {@code approval}, ...
 * @param properties its parameters, as policy gave them
 */
public record Obligation(String type, JsonObject properties) {}
