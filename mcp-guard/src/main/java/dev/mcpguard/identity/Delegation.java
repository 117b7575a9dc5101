package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the RFC 8693 {@code act} chain: bounded in depth, without cycles, never guessed. */
final class Delegation {
  private static final int DEEPEST = 5;
  private static final int LONGEST_NAME = 512;

  /**
   * One actor.
   *
   * @param issuer who vouches for it: its own {@code iss}, else the token's
   * @param claims what is said of it
   */
  record Actor(Principal.Delegate delegate, String issuer, JsonObject claims) {}

  private record Name(String issuer, String subject) {}

  private Delegation() {}

  /** The actors, current first; null if the chain is malformed, cyclic or too deep. */
  static @Nullable List<Actor> read(PrincipalKey key, JsonObject token) {
    List<Actor> chain = new ArrayList<>();
    Set<Name> seen = new HashSet<>();
    seen.add(new Name(key.issuer(), key.subject()));
    JsonValue next = token.get("act");
    while (next != null) {
      if (!(next instanceof JsonObject claims) || chain.size() == DEEPEST) {
        return null;
      }
      Actor actor = actor(claims, key.issuer());
      if (actor == null || !seen.add(new Name(actor.issuer(), actor.delegate().subject()))) {
        return null;
      }
      chain.add(actor);
      next = claims.get("act");
    }
    return List.copyOf(chain);
  }

  private static @Nullable Actor actor(JsonObject claims, String tokenIssuer) {
    String subject = claims.string("sub");
    String issuer = claims.string("iss");
    if (!plain(subject) || (claims.has("iss") && !plain(issuer))) {
      return null;
    }
    return new Actor(
        new Principal.Delegate(issuer, String.valueOf(subject)),
        issuer == null ? tokenIssuer : issuer,
        claims);
  }

  private static boolean plain(@Nullable String name) {
    return name != null
        && !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }
}
