package dev.mcpguard.front.stdio;

import dev.mcpguard.front.FrontCapabilities;
import dev.mcpguard.model.Credential;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the stdio front asks others for.
 *
 * @param credential the client's credential, asked for every request: the file may have changed
 * @param capabilities what the endpoint offers
 * @param clock time
 * @param random chance
 */
public record StdioWiring(
    Supplier<Credential> credential,
    FrontCapabilities capabilities,
    InstantSource clock,
    RandomGenerator random) {}
