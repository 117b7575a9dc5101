package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.util.Set;

/** Provisional: the registry branch lands the full record. */
public record RegisteredTool(
    String server,
    String name,
    String owner,
    RiskClass riskClass,
    Set<Effect> effects,
    Sensitivity sensitivity,
    Destination destination,
    Digest definitionDigest,
    JsonObject definition,
    ToolLimits limits) {}
