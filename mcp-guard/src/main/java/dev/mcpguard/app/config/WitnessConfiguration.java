package dev.mcpguard.app.config;

import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A witness reached by HTTP.
 *
 * @param url its submission prefix
 * @param key verifies its cosignatures
 * @param token where its bearer token is found, or null when it asks for none
 * @param timeout the most one exchange may take
 * @param authorities PEM of the only authorities trusted, or null for those of the JDK
 */
public record WitnessConfiguration(
    URI url,
    CosignatureKey key,
    @Nullable SecretReference token,
    Duration timeout,
    @Nullable Path authorities) {}
