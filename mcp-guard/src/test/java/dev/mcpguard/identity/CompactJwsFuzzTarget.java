package dev.mcpguard.identity;

import com.nimbusds.jose.JWSObject;
import dev.mcpguard.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Set;

/**
 * Fuzz target (threats A2, A12): what the check before any library accepts, the library reads alike,
 * and it has that one spelling only. Nothing but a refusal is thrown.
 */
public final class CompactJwsFuzzTarget {
  private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ");

  private CompactJwsFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    CompactJws jws;
    String algorithm;
    JsonObject claims;
    try {
      jws = CompactJws.read(text, MEMBERS);
      algorithm = jws.algorithm();
      jws.type();
      claims = jws.claims();
    } catch (RefusedTokenException refused) {
      return;
    }
    JWSObject other;
    try {
      other = JWSObject.parse(text);
    } catch (ParseException | IllegalArgumentException stricter) {
      return; // the library refuses more, algorithms it cannot do among it
    }
    boolean same =
        other.getHeader().getAlgorithm().getName().equals(algorithm)
            && other.getPayload().toJSONObject().keySet().equals(claims.members().keySet())
            && spelling(jws).equals(text);
    if (!same) {
      throw new AssertionError("the library reads another token: " + other.getHeader());
    }
  }

  private static String spelling(CompactJws jws) {
    String signed = new String(jws.signingInput(), StandardCharsets.US_ASCII);
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(jws.signature());
  }
}
