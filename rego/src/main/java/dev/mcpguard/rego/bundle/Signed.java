package dev.mcpguard.rego.bundle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a verified signature said.
 *
 * @param keyId the key that verified it
 * @param scope empty if it names none
 * @param issuer empty if it names none
 * @param issuedAt null if it does not say
 */
public record Signed(
    String keyId,
    SignatureAlgorithm algorithm,
    String scope,
    String issuer,
    @Nullable Instant issuedAt) {}
