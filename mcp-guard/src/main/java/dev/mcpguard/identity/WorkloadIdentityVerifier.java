package dev.mcpguard.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentityVerifier;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * PIP for the caller: verifies an access token of a pinned issuer and finds the registered agent.
 *
 * <p>A verified token is cached by digest and route; each use still checks its time and the agent
 * register in force. A refused token is remembered briefly. Thread-safe.
 */
public final class WorkloadIdentityVerifier implements IdentityVerifier {
  private static final Duration REMEMBER_REFUSAL = Duration.ofSeconds(5);

  private final Map<String, TrustedIssuer> issuers;
  private final Supplier<AgentRegister> register;
  private final InstantSource clock;
  private final Cache<CacheKey, CacheEntry> verified =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterAccess(Duration.ofMinutes(30)).build();
  private final Cache<CacheKey, String> refused =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(REMEMBER_REFUSAL).build();

  private record CacheKey(Digest token, String resource) {}

  private record CacheEntry(VerifiedToken token, TrustedIssuer issuer) {}

  public WorkloadIdentityVerifier(
      List<TrustedIssuer> issuers, Supplier<AgentRegister> register, InstantSource clock) {
    this.issuers =
        issuers.stream()
            .collect(
                java.util.stream.Collectors.toUnmodifiableMap(
                    issuer -> issuer.settings().issuer(), issuer -> issuer));
    this.register = register;
    this.clock = clock;
  }

  @Override
  public Identification verify(Credential credential, Route route) {
    if (!credential.present()) {
      return stranger("no credential");
    }
    String flaw = credential.flaw();
    if (flaw != null) {
      return stranger(flaw);
    }
    if (!credential.scheme().equals("bearer")) {
      return stranger("the authorization scheme is not supported");
    }
    Digest digest = Digest.of(credential.token().getBytes(StandardCharsets.UTF_8));
    try {
      VerifiedToken token = token(credential, new CacheKey(digest, route.resource()));
      return registered(token, digest);
    } catch (RefusedTokenException refusedToken) {
      return stranger(refusedToken.cause());
    }
  }

  private VerifiedToken token(Credential credential, CacheKey key) throws RefusedTokenException {
    Instant now = clock.instant();
    CacheEntry hit = verified.getIfPresent(key);
    if (hit != null) {
      hit.token().checkTime(now, hit.issuer().settings().skew());
      return hit.token();
    }
    String before = refused.getIfPresent(key);
    if (before != null) {
      throw new RefusedTokenException(before);
    }
    try {
      CacheEntry entry = fresh(CompactToken.read(credential.token()), key.resource(), now);
      verified.put(key, entry);
      return entry.token();
    } catch (RefusedTokenException refusal) {
      refused.put(key, refusal.cause());
      throw refusal;
    }
  }

  private CacheEntry fresh(CompactToken token, String resource, Instant now)
      throws RefusedTokenException {
    String issuer = token.claims().string("iss");
    TrustedIssuer trusted = issuer == null ? null : issuers.get(issuer);
    if (trusted == null) {
      throw new RefusedTokenException("the issuer is not configured");
    }
    if (token.claims().has("cnf")) {
      // A sender-constrained token that is not checked as such would be a bearer token again.
      throw new RefusedTokenException("the token is sender-constrained and was sent as a bearer token");
    }
    return new CacheEntry(trusted.verify(token, resource, now), trusted);
  }

  private Identification registered(VerifiedToken token, Digest digest) {
    AgentStanding standing =
        AgentStanding.of(register.get(), token.key().issuer(), token.claims(), clock.instant());
    return switch (standing) {
      case AgentStanding.Refused(ReasonCode reason, String detail) ->
          known(token, digest, reason, detail);
      case AgentStanding.Registered(Agent agent, List<Principal.Delegate> delegation) ->
          new Identification.Identified(principal(token, digest, agent, delegation));
    };
  }

  private static Principal principal(
      VerifiedToken token, Digest digest, Agent agent, List<Principal.Delegate> delegation) {
    return new Principal(
        token.key(),
        agent,
        token.scopes(),
        token.claims(),
        delegation,
        token.authorizationDetails(),
        digest,
        token.expires(),
        "jwt",
        token.tenant());
  }

  private static Identification known(
      VerifiedToken token, Digest digest, ReasonCode reason, String detail) {
    JsonObject facts =
        JsonObject.builder()
            .put("issuer", token.key().issuer())
            .put("subject", token.key().subject())
            .put("client", token.key().client())
            .put("token_digest", digest.text())
            .put("claims", token.claims())
            .build();
    return new Identification.Unidentified(Refusal.of(reason, detail), true, facts);
  }

  private static Identification stranger(String cause) {
    return new Identification.Unidentified(
        Refusal.of(ReasonCode.UNAUTHENTICATED, cause), false, JsonObject.of());
  }
}
