package dev.mcpguard.rego.bundle;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms a bundle may be signed with: asymmetric ones of JSON Web Algorithms (RFC 7518, RFC
 * 8037). A shared secret (HS256) is not among them: whoever could verify a bundle could also sign one.
 */
public enum SignatureAlgorithm {
  RS256("RSA", 2048),
  RS384("RSA", 2048),
  RS512("RSA", 2048),
  PS256("RSA", 2048),
  PS384("RSA", 2048),
  PS512("RSA", 2048),
  ES256("EC", 256),
  ES384("EC", 384),
  ES512("EC", 521),
  EDDSA("Ed25519", 0);

  private final String kind;
  private final int bits;

  SignatureAlgorithm(String kind, int bits) {
    this.kind = kind;
    this.bits = bits;
  }

  /** As JSON Web Algorithms write it. */
  public String text() {
    return this == EDDSA ? "EdDSA" : name();
  }

  /** The algorithm so written, or null. */
  public static @Nullable SignatureAlgorithm ofText(String text) {
    for (SignatureAlgorithm each : values()) {
      if (each.text().equals(text)) {
        return each;
      }
    }
    return null;
  }

  /** Refuses a key of another kind or curve, or a weak one. */
  void check(Key key) {
    boolean fits =
        switch (key) {
          case RSAKey rsa -> kind.equals("RSA") && rsa.getModulus().bitLength() >= bits;
          case ECKey ec ->
              kind.equals("EC") && ec.getParams().getCurve().getField().getFieldSize() == bits;
          case EdECKey edwards -> kind.equals("Ed25519");
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "the key does not fit " + text() + ", which takes "
              + (kind.equals("RSA") ? "RSA of 2048 bits or more"
                  : kind.equals("EC") ? "a curve of " + bits + " bits" : "Ed25519"));
    }
  }
}
