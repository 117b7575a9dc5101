package dev.mcpguard.front.http;

import dev.mcpguard.front.FrontCapabilities;
import dev.mcpguard.model.CallerPlaces;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the front asks others for. Every member is thread-safe.
 *
 * @param servers ids of the servers that have an endpoint now; asked for every request, never blocks
 * @param capabilities what each endpoint offers
 * @param schemas input schemas, for {@code Mcp-Param-*}
 * @param places what callers hold of the guard and the front gives back
 * @param pages the operators' pages
 * @param clock time
 * @param random chance; a {@link java.security.SecureRandom} in production
 */
public record FrontWiring(
    Supplier<Set<String>> servers,
    FrontCapabilities capabilities,
    ToolSchemas schemas,
    CallerPlaces places,
    FrontPages pages,
    InstantSource clock,
    RandomGenerator random) {}
