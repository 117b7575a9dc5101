package dev.mcpguard.identity;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pinned token issuer. Everything is exact: nothing is discovered, nothing is guessed.
 *
 * @param issuer the {@code iss} claim
 * @param algorithms JWS algorithms this issuer signs with; asymmetric only
 * @param types accepted {@code typ} header values; {@code at+jwt} unless a profile says otherwise
 * @param clientClaim the claim that names the client: {@code client_id}, or {@code azp} by profile
 * @param requireTokenId whether {@code jti} must be present (RFC 9068)
 * @param longestLifetime the most time between {@code iat} and {@code exp}
 * @param skew tolerated difference of clocks
 * @param singleAudience whether a token for several resources is refused
 * @param tenantClaim the claim that names the tenant, or null
 */
public record IssuerSettings(
    String issuer,
    Set<String> algorithms,
    Set<String> types,
    String clientClaim,
    boolean requireTokenId,
    Duration longestLifetime,
    Duration skew,
    boolean singleAudience,
    @Nullable String tenantClaim) {

  /** Every algorithm that can be configured; symmetric ones and {@code none} are not among them. */
  public static final Set<String> ASYMMETRIC =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  public IssuerSettings {
    algorithms = Set.copyOf(algorithms);
    types = Set.copyOf(types);
    if (!ASYMMETRIC.containsAll(algorithms) || algorithms.isEmpty()) {
      throw new IllegalArgumentException("only asymmetric algorithms can be pinned");
    }
  }

  /** RFC 9068 to the letter. */
  public static IssuerSettings strict(String issuer) {
    return new IssuerSettings(
        issuer,
        Set.of("ES256", "RS256", "PS256", "EdDSA"),
        Set.of("at+jwt"),
        "client_id",
        true,
        Duration.ofHours(24),
        Duration.ofSeconds(30),
        false,
        null);
  }
}
