package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.PrincipalKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a verified token says. Holds no part of the token text. */
record VerifiedToken(
    PrincipalKey key,
    Set<String> scopes,
    JsonObject claims,
    List<JsonObject> authorizationDetails,
    Instant from,
    Instant expires,
    @Nullable String tenant,
    SenderConstraint constraint) {

  VerifiedToken {
    scopes = Set.copyOf(scopes);
    authorizationDetails = List.copyOf(authorizationDetails);
  }

  /** Checked on every use, a cache hit included. The skew is bounded on both sides. */
  void checkTime(Instant now, Duration skew) throws RefusedTokenException {
    if (now.isBefore(from.minus(skew))) {
      throw new RefusedTokenException("the token is not valid yet");
    }
    if (over(now, skew)) {
      throw new RefusedTokenException("the token has expired");
    }
  }

  /** Whether the token has expired. */
  boolean over(Instant now, Duration skew) {
    return !now.isBefore(expires.plus(skew));
  }

  /** INVARIANT: no claim appears in a string form. */
  @Override
  public String toString() {
    return "VerifiedToken";
  }
}
