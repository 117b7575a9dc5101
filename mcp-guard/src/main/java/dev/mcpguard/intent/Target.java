package dev.mcpguard.intent;

import dev.mcpguard.registry.Sensitivity;

/**
 * What an intent has to cover: a tool, or another primitive.
 *
 * @param id {@code server/tool}, or {@code server/kind/name}
 * @param destination the farthest place its data goes to
 */
record Target(String id, Sensitivity sensitivity, String destination) {}
