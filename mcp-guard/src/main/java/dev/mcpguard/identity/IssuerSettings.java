package dev.mcpguard.identity;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pinned token issuer. Everything is exact: nothing is discovered, nothing is guessed.
 *
 * @param issuer the {@code iss} claim; of a SPIFFE trust domain {@code spiffe://} and its name
 * @param algorithms JWS algorithms this issuer signs with; asymmetric only
 * @param types accepted {@code typ} header values in lower case, without {@code application/};
 *     empty text for none; {@code at+jwt} unless a profile says otherwise
 * @param clientClaim the claim that names the client: {@code client_id}, or {@code azp} by profile
 * @param requireTokenId whether {@code jti} must be present (RFC 9068)
 * @param longestLifetime the most time between {@code iat} and {@code exp}
 * @param skew tolerated difference of clocks, at most {@link #LONGEST_SKEW}
 * @param singleAudience whether a token for several resources is refused
 * @param tenantClaim the claim that names the tenant, or null
 * @param profile which specification its tokens follow
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
    @Nullable String tenantClaim,
    Profile profile) {

  /** Every algorithm that can be configured; symmetric ones and {@code none} are not among them. */
  public static final Set<String> ASYMMETRIC =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /** The largest tolerated difference of clocks. */
  public static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

  /** The specification a token follows. */
  public enum Profile {
    /** OAuth 2 JWT access tokens (RFC 9068), with what the other settings relax. */
    ACCESS_TOKEN,
    /** SPIFFE JWT-SVID: found by the trust domain of {@code sub}, keys of use {@code jwt-svid}. */
    JWT_SVID
  }

  public IssuerSettings {
    algorithms = Set.copyOf(algorithms);
    types = Set.copyOf(types);
    if (!ASYMMETRIC.containsAll(algorithms) || algorithms.isEmpty()) {
      throw new IllegalArgumentException("only asymmetric algorithms can be pinned");
    }
    if (skew.isNegative() || skew.compareTo(LONGEST_SKEW) > 0) {
      throw new IllegalArgumentException("the skew lies outside 0 to 5 minutes");
    }
    if (!longestLifetime.isPositive()) {
      throw new IllegalArgumentException("the longest lifetime is not positive");
    }
  }

  /** An issuer of access tokens. */
  public IssuerSettings(
      String issuer,
      Set<String> algorithms,
      Set<String> types,
      String clientClaim,
      boolean requireTokenId,
      Duration longestLifetime,
      Duration skew,
      boolean singleAudience,
      @Nullable String tenantClaim) {
    this(
        issuer,
        algorithms,
        types,
        clientClaim,
        requireTokenId,
        longestLifetime,
        skew,
        singleAudience,
        tenantClaim,
        Profile.ACCESS_TOKEN);
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

  /**
   * SPIFFE JWT-SVIDs of one trust domain, for example {@code example.org}: no {@code iss}, {@code
   * iat} or {@code jti} is needed, the client is the {@code sub}.
   */
  public static IssuerSettings spiffe(String trustDomain) {
    if (!SpiffeId.trustDomain(trustDomain)) {
      throw new IllegalArgumentException("not the name of a trust domain");
    }
    return new IssuerSettings(
        SpiffeId.SCHEME + trustDomain,
        Set.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        Set.of("", "jwt", "jose"),
        "sub",
        false,
        Duration.ofHours(24),
        Duration.ofSeconds(30),
        true,
        null,
        Profile.JWT_SVID);
  }
}
