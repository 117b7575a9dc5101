package dev.mcpguard.identity;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The strict reading of a compact JWS that happens before any library sees it: three canonical
 * base64url segments, header and claims through the one JSON parser, known header members only. Closes
 * what JOSE libraries accept too much of (blanks, other alphabets, unused bits, duplicate keys), and so
 * gives each token exactly one spelling (threat A12).
 *
 * @param text the token text
 * @param header the protected header
 * @param claims the payload
 */
record CompactToken(String text, JsonObject header, JsonObject claims) {
  private static final int LONGEST = 16_384;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]+");
  private static final JsonLimits LIMITS = JsonLimits.message().withBytes(LONGEST).withDepth(12);

  /** Members whose presence is harmless; everything else refuses, {@code crit} and keys included. */
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid", "x5t", "x5t#S256");

  static CompactToken read(String text) throws RefusedTokenException {
    if (text.length() > LONGEST) {
      throw new RefusedTokenException("the token is longer than " + LONGEST + " characters");
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
      throw new RefusedTokenException("the token has not exactly three segments");
    }
    byte[] header = decode(text.substring(0, first));
    byte[] claims = decode(text.substring(first + 1, second));
    decode(text.substring(second + 1));
    return new CompactToken(text, checked(object(header, "header")), object(claims, "claims"));
  }

  String algorithm() throws RefusedTokenException {
    String algorithm = header.string("alg");
    if (algorithm == null) {
      throw new RefusedTokenException("the header names no algorithm");
    }
    return algorithm;
  }

  @Nullable String keyId() {
    return header.string("kid");
  }

  /** {@code typ} without the {@code application/} prefix, in lower case; empty if absent. */
  String type() {
    String type = header.string("typ");
    if (type == null) {
      return "";
    }
    String lower = type.toLowerCase(java.util.Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
  }

  private static JsonObject checked(JsonObject header) throws RefusedTokenException {
    for (String member : header.members().keySet()) {
      if (!HEADER_MEMBERS.contains(member)) {
        throw new RefusedTokenException("the header has a member that is not accepted");
      }
      if (header.string(member) == null) {
        throw new RefusedTokenException("a header member is not a string");
      }
    }
    return header;
  }

  private static JsonObject object(byte[] bytes, String what) throws RefusedTokenException {
    try {
      return StrictJson.parseObject(bytes, LIMITS);
    } catch (MalformedJsonException malformed) {
      throw new RefusedTokenException("the " + what + " cannot be read");
    }
  }

  private static byte[] decode(String segment) throws RefusedTokenException {
    if (!SEGMENT.matcher(segment).matches()) {
      throw new RefusedTokenException("a segment is empty or not base64url");
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(segment);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment)) {
        return bytes;
      }
    } catch (IllegalArgumentException odd) {
      // Falls through to the one refusal.
    }
    throw new RefusedTokenException("a segment is not canonical base64url");
  }

  /** INVARIANT: the token text appears in no string form. */
  @Override
  public String toString() {
    return "CompactToken";
  }
}
