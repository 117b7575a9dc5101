package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code cnf} claim (RFC 7800) demands of whoever presents the token. A demand that cannot
 * be checked refuses the token; members that are no demand are tolerated beside one that is
 * checked.
 *
 * @param keyThumbprint the proof key (RFC 9449 {@code jkt}), or null
 * @param certificateThumbprint the client certificate (RFC 8705 {@code x5t#S256}), or null
 */
record SenderConstraint(@Nullable String keyThumbprint, @Nullable String certificateThumbprint) {
  static final SenderConstraint NONE = new SenderConstraint(null, null);

  /** Registered confirmation methods that this guard cannot check. */
  private static final Set<String> UNCHECKED = Set.of("jwk", "jwe", "kid", "jku", "osc");

  private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9_-]{43}");

  static SenderConstraint of(JsonObject claims) throws RefusedTokenException {
    if (!claims.has("cnf")) {
      return NONE;
    }
    JsonObject confirmation = claims.object("cnf");
    if (confirmation == null) {
      throw new RefusedTokenException("`cnf` is not an object");
    }
    if (confirmation.members().keySet().stream().anyMatch(UNCHECKED::contains)) {
      throw new RefusedTokenException("`cnf` has a method that cannot be checked");
    }
    SenderConstraint constraint =
        new SenderConstraint(thumbprint(confirmation, "jkt"), thumbprint(confirmation, "x5t#S256"));
    if (constraint.equals(NONE)) {
      throw new RefusedTokenException("`cnf` has no method that can be checked");
    }
    return constraint;
  }

  private static @Nullable String thumbprint(JsonObject confirmation, String method)
      throws RefusedTokenException {
    if (!confirmation.has(method)) {
      return null;
    }
    String text = confirmation.string(method);
    if (text == null || !SHA_256.matcher(text).matches() || !canonical(text)) {
      throw new RefusedTokenException("`cnf` has a thumbprint that is no SHA-256 in base64url");
    }
    return text;
  }

  private static boolean canonical(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
  }
}
