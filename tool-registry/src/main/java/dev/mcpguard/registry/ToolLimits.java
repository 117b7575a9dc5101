package dev.mcpguard.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Provisional: the registry branch lands the full record. */
public record ToolLimits(@Nullable Duration timeout) {}
