package dev.mcpguard.identity;

import dev.mcpguard.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An access token, strictly read and not yet verified. */
record CompactToken(CompactJws jws, JsonObject claims) {

  /**
   * Members whose presence is harmless; everything else refuses, {@code crit} and keys included.
   */
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid", "x5t", "x5t#S256");

  static CompactToken read(String text) throws RefusedTokenException {
    CompactJws jws = CompactJws.read(text, HEADER_MEMBERS);
    for (String member : HEADER_MEMBERS) {
      jws.member(member);
    }
    return new CompactToken(jws, jws.claims());
  }

  /** The key id, an opaque key of a map and nothing else (threat A5). */
  @Nullable String keyId() throws RefusedTokenException {
    return jws.member("kid");
  }

  /** INVARIANT: neither the text nor a claim appears in a string form. */
  @Override
  public String toString() {
    return "CompactToken";
  }
}
