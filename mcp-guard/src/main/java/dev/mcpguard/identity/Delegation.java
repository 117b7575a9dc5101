package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the RFC 8693 {@code act} chain: bounded in depth, without cycles, never guessed. */
final class Delegation {
  private static final int DEEPEST = 5;

  private Delegation() {}

  /** The actors, current first; null if the chain is malformed, cyclic or too deep. */
  static @Nullable List<Principal.Delegate> read(JsonObject claims) {
    List<Principal.Delegate> chain = new ArrayList<>();
    Set<Principal.Delegate> seen = new HashSet<>();
    JsonValue next = claims.get("act");
    while (next != null) {
      if (!(next instanceof JsonObject actor) || chain.size() == DEEPEST) {
        return null;
      }
      String subject = actor.string("sub");
      if (subject == null || subject.isBlank() || (actor.has("iss") && actor.string("iss") == null)) {
        return null;
      }
      Principal.Delegate delegate = new Principal.Delegate(actor.string("iss"), subject);
      if (!seen.add(delegate)) {
        return null;
      }
      chain.add(delegate);
      next = actor.get("act");
    }
    return List.copyOf(chain);
  }
}
