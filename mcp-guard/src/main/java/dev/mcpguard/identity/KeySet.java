package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked JWK set (RFC 7517): public asymmetric signing keys of sound size, one per id. A set with a
 * private, symmetric, weak or ambiguous key is refused as a whole (threats A6, A13): it shows that the
 * issuer does not keep its keys apart.
 */
final class KeySet implements IssuerKeys {
  private static final JsonLimits LIMITS = JsonLimits.message().withBytes(1 << 18).withDepth(8);
  private static final int SMALLEST_RSA = 2048;
  private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521");

  private final Map<String, JWK> byId;
  private final @Nullable JWK only;

  private KeySet(Map<String, JWK> byId, @Nullable JWK only) {
    this.byId = Map.copyOf(byId);
    this.only = only;
  }

  /** Reads a JWK set; the refusal says which key is wrong and why. */
  static KeySet read(byte[] document) throws RefusedTokenException {
    try {
      JsonObject strict = StrictJson.parseObject(document, LIMITS);
      JWKSet set = JWKSet.parse(JsonText.text(strict));
      Map<String, JWK> byId = new HashMap<>();
      for (JWK key : set.getKeys()) {
        if (!signs(key)) {
          continue;
        }
        check(key);
        if (key.getKeyID() != null && byId.put(key.getKeyID(), key) != null) {
          throw new RefusedTokenException("the key set has two keys of one id");
        }
      }
      JWK only = set.getKeys().size() == 1 ? set.getKeys().get(0) : null;
      return new KeySet(byId, only);
    } catch (MalformedJsonException | ParseException malformed) {
      throw new RefusedTokenException("the key set cannot be read");
    }
  }

  private static boolean signs(JWK key) {
    return key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE) || svid(key);
  }

  private static boolean svid(JWK key) {
    return "jwt-svid".equals(key.getKeyUse().identifier());
  }

  private static void check(JWK key) throws RefusedTokenException {
    if (!(key instanceof AsymmetricJWK) || key.isPrivate()) {
      throw new RefusedTokenException("the key set has a key that is not public and asymmetric");
    }
    boolean sound =
        switch (key) {
          case RSAKey rsa -> rsa.size() >= SMALLEST_RSA && !RocaKey.weak(rsa);
          case ECKey ec -> CURVES.contains(ec.getCurve().getName());
          case OctetKeyPair okp -> okp.getCurve().getName().equals("Ed25519");
          default -> false;
        };
    boolean verifies =
        key.getKeyOperations() == null
            || key.getKeyOperations().isEmpty()
            || key.getKeyOperations().contains(com.nimbusds.jose.jwk.KeyOperation.VERIFY);
    if (!sound || !verifies) {
      throw new RefusedTokenException("the key set has a weak or misused key");
    }
  }

  @Override
  public @Nullable JWK find(String keyId) {
    return byId.get(keyId);
  }

  @Override
  public @Nullable JWK only() {
    return only;
  }
}
