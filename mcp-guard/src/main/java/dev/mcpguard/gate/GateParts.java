package dev.mcpguard.gate;

import dev.mcpguard.model.IntentReader;
import dev.mcpguard.model.PolicyDecisionPoint;
import dev.mcpguard.model.PrimitiveRegistry;
import dev.mcpguard.model.ResponseFilter;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.model.ToolServers;
import java.security.SecureRandom;

/**
 * The verbs the gate is wired with.
 *
 * @param passages opens the record of each request; owns the identity verifier and the call log
 * @param registry tools and their classes
 * @param intents declared intent
 * @param classifier the class of this very call
 * @param policy the decision point
 * @param servers the tool servers
 * @param release what may leave
 * @param primitives resources and prompts and their classes
 * @param random makes the key that seals cursors, and the names of tasks
 * @param tasks whether calls may be answered by tasks
 */
public record GateParts(
    Passages passages,
    ToolRegistry registry,
    IntentReader intents,
    CallClassifier classifier,
    PolicyDecisionPoint policy,
    ToolServers servers,
    ResponseFilter release,
    PrimitiveRegistry primitives,
    SecureRandom random,
    TaskBounds tasks) {}
