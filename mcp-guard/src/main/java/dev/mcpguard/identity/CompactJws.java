package dev.mcpguard.identity;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The strict reading of a compact JWS (RFC 7515) that happens before any library sees it: three
 * canonical base64url segments, a header through the one JSON parser, known header members only.
 * Closes what JOSE libraries accept too much of (blanks, other alphabets, unused bits, duplicate
 * keys), and so gives each token exactly one spelling (threat A12). Immutable.
 */
final class CompactJws {
  static final int LONGEST = 16_384;
  static final JsonLimits LIMITS =
      JsonLimits.message().withBytes(LONGEST).withDepth(12).withMembers(1_000);

  private static final int LONGEST_HEADER_VALUE = 512;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]*");

  private final String text;
  private final JsonObject header;
  private final byte[] payload;
  private final byte[] signature;

  private CompactJws(String text, JsonObject header, byte[] payload, byte[] signature) {
    this.text = text;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
  }

  /** Reads {@code text}; a header member outside {@code members} refuses, {@code crit} included. */
  static CompactJws read(String text, Set<String> members) throws RefusedTokenException {
    if (text.length() > LONGEST) {
      throw new RefusedTokenException("the token is longer than " + LONGEST + " characters");
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
      throw new RefusedTokenException("the token has not exactly three segments");
    }
    JsonObject header = object(decode(text.substring(0, first)), "header");
    for (String member : header.members().keySet()) {
      if (!members.contains(member)) {
        throw new RefusedTokenException("the header has a member that is not accepted");
      }
    }
    byte[] payload = decode(text.substring(first + 1, second));
    byte[] signature = decode(text.substring(second + 1));
    if (signature.length == 0) {
      throw new RefusedTokenException("the signature is empty");
    }
    return new CompactJws(text, header, payload, signature);
  }

  JsonObject header() {
    return header;
  }

  String text() {
    return text;
  }

  /** The payload as strict JSON. */
  JsonObject claims() throws RefusedTokenException {
    return object(payload, "payload");
  }

  byte[] signature() {
    return signature.clone();
  }

  /** What the signature is over: the first two segments. */
  byte[] signingInput() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  String algorithm() throws RefusedTokenException {
    String algorithm = member("alg");
    if (algorithm == null) {
      throw new RefusedTokenException("the header names no algorithm");
    }
    return algorithm;
  }

  /** A header member that must be a short string if it is there. */
  @Nullable String member(String name) throws RefusedTokenException {
    if (!header.has(name)) {
      return null;
    }
    String value = header.string(name);
    if (value == null || value.length() > LONGEST_HEADER_VALUE) {
      throw new RefusedTokenException("a header member is not a short string");
    }
    return value;
  }

  /** {@code typ} without the {@code application/} prefix, in lower case; empty if absent. */
  String type() throws RefusedTokenException {
    String type = member("typ");
    if (type == null) {
      return "";
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
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
      throw new RefusedTokenException("a segment is not base64url");
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
    return "CompactJws";
  }
}
