package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked JWK set (RFC 7517) or SPIFFE bundle: public asymmetric keys of sound size, one per id.
 * A set with a private, symmetric, weak or ambiguous key is refused as a whole (threats A6, A13):
 * it shows that the issuer does not keep its keys apart. Keys for other uses are left out.
 * Immutable; cached tokens remember by which set they were verified.
 */
final class KeySet {
  /** The longest document, in bytes. */
  static final int LONGEST = 1 << 18;

  private static final JsonLimits LIMITS =
      JsonLimits.message().withBytes(LONGEST).withDepth(8).withMembers(10_000);

  private final Map<String, JWK> byId;
  private final @Nullable JWK only;
  private final Digest digest;

  private KeySet(Map<String, JWK> byId, @Nullable JWK only, Digest digest) {
    this.byId = Map.copyOf(byId);
    this.only = only;
    this.digest = digest;
  }

  /** Reads a JWK set; the refusal says what is wrong with it. */
  static KeySet read(byte[] document, IssuerSettings.Profile profile) throws RefusedTokenException {
    JWKSet set;
    try {
      JsonObject strict = StrictJson.parseObject(document, LIMITS);
      set = JWKSet.parse(JsonText.text(strict));
    } catch (MalformedJsonException | ParseException | IllegalArgumentException malformed) {
      throw new RefusedTokenException("the key set cannot be read");
    }
    Set<String> ids = new HashSet<>();
    Map<String, JWK> byId = new HashMap<>();
    List<JWK> usable = new ArrayList<>();
    for (JWK key : set.getKeys()) {
      KeyRules.check(key);
      if (key.getKeyID() != null && !ids.add(key.getKeyID())) {
        throw new RefusedTokenException("the key set has two keys of one id");
      }
      if (KeyRules.verifies(key, profile)) {
        usable.add(key);
        if (key.getKeyID() != null) {
          byId.put(key.getKeyID(), key);
        }
      }
    }
    if (usable.isEmpty()) {
      throw new RefusedTokenException("the key set has no key that can verify a token");
    }
    return new KeySet(byId, usable.size() == 1 ? usable.get(0) : null, Digest.of(document));
  }

  /**
   * The key of this id, or null. Without an id: the only key, for an issuer whose tokens carry no
   * {@code kid}; null if there are several.
   */
  @Nullable JWK find(@Nullable String keyId) {
    return keyId == null ? only : byId.get(keyId);
  }

  /**
   * {@code last} if it was read from the same document, so that what it verified stays verified.
   */
  KeySet orSame(@Nullable KeySet last) {
    return last != null && last.digest.equals(digest) ? last : this;
  }
}
