package dev.mcpguard.identity;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.PrincipalKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an access token, by RFC 9068 and without any coercion: a wrong type refuses
 * (threats A8, A10, A18).
 */
final class ClaimsCheck {
  private static final int LONGEST_TEXT = 512;
  private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

  /** RFC 6749 3.3, blanks between. */
  private static final Pattern SCOPES = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*");

  private final JsonObject claims;
  private final IssuerSettings settings;

  ClaimsCheck(JsonObject claims, IssuerSettings settings) {
    this.claims = claims;
    this.settings = settings;
  }

  /** Checks the claims against the route's resource and returns what they say. */
  VerifiedToken check(String resource, Instant now) throws RefusedTokenException {
    issuer();
    audience(resource);
    Instant expires = time("exp");
    Instant from = from();
    // Without `iat`, which a JWT-SVID may lack, the longest lifetime counts from now.
    Instant issued = claims.has("iat") ? time("iat") : now.minus(settings.skew());
    lifetime(issued, expires);
    if (settings.requireTokenId()) {
      text("jti");
    }
    PrincipalKey key =
        new PrincipalKey(settings.issuer(), text("sub"), text(settings.clientClaim()));
    VerifiedToken token =
        new VerifiedToken(
            key, scopes(), claims, details(), from, expires, tenant(), SenderConstraint.of(claims));
    token.checkTime(now, settings.skew());
    return token;
  }

  private void issuer() throws RefusedTokenException {
    String named =
        switch (settings.profile()) {
          case ACCESS_TOKEN -> claims.string("iss");
          case JWT_SVID -> SpiffeId.issuerOf(claims.string("sub"));
        };
    if (!settings.issuer().equals(named)) {
      throw new RefusedTokenException("the issuer is not the one the key belongs to");
    }
  }

  /** The later of {@code iat} and {@code nbf}; only a JWT-SVID may lack both. */
  private Instant from() throws RefusedTokenException {
    boolean optional = settings.profile() == IssuerSettings.Profile.JWT_SVID;
    Instant issued = optional && !claims.has("iat") ? Instant.EPOCH : time("iat");
    Instant notBefore = claims.has("nbf") ? time("nbf") : issued;
    return notBefore.isAfter(issued) ? notBefore : issued;
  }

  private void audience(String resource) throws RefusedTokenException {
    JsonValue audience = claims.get("aud");
    List<JsonValue> named =
        switch (audience) {
          case JsonString single -> List.of(single);
          case JsonArray several -> several.values();
          case null, default -> throw new RefusedTokenException("there is no readable audience");
        };
    boolean found = false;
    for (JsonValue entry : named) {
      if (!(entry instanceof JsonString(String value))) {
        throw new RefusedTokenException("an audience is not a string");
      }
      found |= value.equals(resource);
    }
    if (!found) {
      throw new RefusedTokenException("the token is for another audience");
    }
    if (settings.singleAudience() && named.size() != 1) {
      throw new RefusedTokenException("the token is for several audiences");
    }
  }

  private void lifetime(Instant issued, Instant expires) throws RefusedTokenException {
    if (!expires.isAfter(issued)) {
      throw new RefusedTokenException("the token ends before it begins");
    }
    if (Duration.between(issued, expires).compareTo(settings.longestLifetime()) > 0) {
      throw new RefusedTokenException(
          "the token lives longer than the configured longest lifetime");
    }
  }

  private Instant time(String claim) throws RefusedTokenException {
    if (!(claims.get(claim) instanceof JsonNumber number) || !number.isInteger()) {
      throw new RefusedTokenException("`" + claim + "` is missing or not a whole number");
    }
    BigDecimal seconds = number.decimal();
    if (seconds.signum() < 0 || seconds.compareTo(LATEST) > 0) {
      throw new RefusedTokenException("`" + claim + "` is out of range");
    }
    return Instant.ofEpochSecond(seconds.longValueExact());
  }

  private String text(String claim) throws RefusedTokenException {
    String text = claims.string(claim);
    if (text == null || text.isBlank() || text.length() > LONGEST_TEXT) {
      throw new RefusedTokenException("`" + claim + "` is missing or not a plain string");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedTokenException("`" + claim + "` holds a control character");
    }
    return text;
  }

  private Set<String> scopes() throws RefusedTokenException {
    if (!claims.has("scope")) {
      return Set.of();
    }
    String scope = claims.string("scope");
    if (scope == null) {
      throw new RefusedTokenException("`scope` is not a string");
    }
    if (!SCOPES.matcher(scope).matches()) {
      throw new RefusedTokenException("`scope` holds a character that no scope has");
    }
    Set<String> scopes = new LinkedHashSet<>(List.of(scope.split(" ")));
    scopes.remove("");
    return scopes;
  }

  private List<JsonObject> details() throws RefusedTokenException {
    if (!claims.has("authorization_details")) {
      return List.of();
    }
    JsonArray array = claims.array("authorization_details");
    if (array == null || array.values().isEmpty()) {
      throw new RefusedTokenException("`authorization_details` is not a filled array");
    }
    List<JsonObject> details = new ArrayList<>();
    for (JsonValue entry : array.values()) {
      if (!(entry instanceof JsonObject object) || object.string("type") == null) {
        throw new RefusedTokenException("an authorization detail has no type");
      }
      details.add(object);
    }
    return details;
  }

  private @Nullable String tenant() throws RefusedTokenException {
    String claim = settings.tenantClaim();
    return claim == null ? null : text(claim);
  }
}
