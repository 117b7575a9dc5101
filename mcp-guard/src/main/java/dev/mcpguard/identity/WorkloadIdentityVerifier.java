package dev.mcpguard.identity;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentityVerifier;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PIP for the caller: verifies an access token of a pinned issuer, that its presenter is the one it
 * is bound to, and finds the registered agent.
 *
 * <p>A verified token is cached by digest and route; each use still checks its time, its issuer's
 * keys, its sender and the agent register in force. Thread-safe; bounded in time by the key fetch
 * and the verification budget.
 */
public final class WorkloadIdentityVerifier implements IdentityVerifier {
  private static final int MOST_PROOFS_PER_KEY = 20_000;
  private static final Duration KEEP_PROOFS = DpopCheck.OLDEST.plus(DpopCheck.AHEAD).plusSeconds(1);

  private final Map<String, TrustedIssuer> issuers;
  private final Supplier<AgentRegister> register;
  private final InstantSource clock;
  private final VerifiedTokens tokens;
  private final VerificationBudget budget;
  private final SenderCheck senders;

  public WorkloadIdentityVerifier(
      List<TrustedIssuer> issuers, Supplier<AgentRegister> register, InstantSource clock) {
    this(issuers, register, clock, VerificationBudget.standard());
  }

  WorkloadIdentityVerifier(
      List<TrustedIssuer> issuers,
      Supplier<AgentRegister> register,
      InstantSource clock,
      VerificationBudget budget) {
    this.issuers =
        issuers.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    issuer -> issuer.settings().issuer(), Function.identity()));
    this.register = register;
    this.clock = clock;
    this.tokens = new VerifiedTokens(clock);
    this.budget = budget;
    // Proofs have a budget of their own: they are reached with a genuine token only.
    this.senders =
        new SenderCheck(
            new DpopCheck(
                new ProofMemory(KEEP_PROOFS, MOST_PROOFS_PER_KEY), VerificationBudget.standard()));
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
    if (!credential.scheme().equals("bearer") && !credential.scheme().equals("dpop")) {
      return stranger("the authorization scheme is not supported");
    }
    if (credential.token().length() > CompactJws.LONGEST) {
      return stranger("the token is longer than " + CompactJws.LONGEST + " characters");
    }
    Digest digest = Digest.of(credential.token().getBytes(StandardCharsets.UTF_8));
    VerifiedTokens.Key key = new VerifiedTokens.Key(digest, route.resource());
    return switch (tokens.find(key, () -> fresh(credential.token(), route.resource()))) {
      case TokenVerification.Refused refused -> stranger(refused.reason(), refused.cause());
      case TokenVerification.Genuine genuine -> genuine(genuine, credential, key);
    };
  }

  /** Presented tokens whose verification was remembered, since the start. */
  public long tokenCacheHits() {
    return tokens.hits();
  }

  /** Presented tokens that had to be verified, since the start. */
  public long tokenCacheMisses() {
    return tokens.misses();
  }

  private TokenVerification fresh(String text, String resource) {
    try {
      CompactToken token = CompactToken.read(text);
      TrustedIssuer issuer = issuer(token.claims());
      if (issuer == null) {
        throw new RefusedTokenException("the issuer is not configured");
      }
      return issuer.verify(token, resource, clock.instant(), budget);
    } catch (RefusedTokenException refused) {
      return new TokenVerification.Refused(refused.reason(), refused.cause(), null);
    }
  }

  /** The issuer that {@code iss} names, else the trust domain of a SPIFFE {@code sub}. */
  private @Nullable TrustedIssuer issuer(JsonObject claims) {
    String named = claims.string("iss");
    TrustedIssuer issuer = named == null ? null : issuers.get(named);
    if (issuer != null) {
      return issuer;
    }
    String domain = SpiffeId.issuerOf(claims.string("sub"));
    TrustedIssuer spiffe = domain == null ? null : issuers.get(domain);
    return spiffe != null && spiffe.settings().profile() == IssuerSettings.Profile.JWT_SVID
        ? spiffe
        : null;
  }

  private Identification genuine(
      TokenVerification.Genuine genuine, Credential credential, VerifiedTokens.Key key) {
    VerifiedToken token = genuine.token();
    Instant now = clock.instant();
    String how;
    try {
      token.checkTime(now, genuine.issuer().settings().skew());
      how = senders.check(token, credential, now);
    } catch (RefusedTokenException refused) {
      if (token.over(now, genuine.issuer().settings().skew())) {
        tokens.forget(key);
      }
      return stranger(refused.reason(), refused.cause());
    }
    return switch (genuine.resolve(register.get())) {
      case CallerResolution.Barred barred ->
          known(token, key.token(), barred.reason(), barred.detail());
      case CallerResolution.Registered caller ->
          caller.overdue(LocalDate.ofInstant(now, ZoneOffset.UTC))
              ? known(token, key.token(), ReasonCode.AGENT_OVERDUE, "the agent's review is overdue")
              : new Identification.Identified(
                  genuine.principal(caller, key.token(), how));
    };
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
    return stranger(ReasonCode.UNAUTHENTICATED, cause);
  }

  private static Identification stranger(ReasonCode reason, String cause) {
    return new Identification.Unidentified(Refusal.of(reason, cause), false, JsonObject.of());
  }
}
