package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.builtins.x509.PublicKeyInfo.Kind;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a certificate or request is signed.
 *
 * <p>As in Go, no certificate is verified by MD5 or SHA-1 or DSA, whatever its issuer says.
 *
 * @param number what Go numbers it by; 0 for one it does not know
 * @param algorithm the JDK's name, or null if no certificate is verified by it
 */
record SignatureScheme(int number, Kind kind, @Nullable String algorithm) {
  private static final SignatureScheme UNKNOWN = new SignatureScheme(0, Kind.UNKNOWN, null);
  private static final int MIN_RSA_BITS = 1024;
  private static final String PSS = "1.2.840.113549.1.1.10";
  private static final Map<String, SignatureScheme> KNOWN =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.1.4", new SignatureScheme(2, Kind.RSA, null)),
          Map.entry("1.2.840.113549.1.1.5", new SignatureScheme(3, Kind.RSA, null)),
          Map.entry("1.3.14.3.2.29", new SignatureScheme(3, Kind.RSA, null)),
          Map.entry("1.2.840.113549.1.1.11", new SignatureScheme(4, Kind.RSA, "SHA256withRSA")),
          Map.entry("1.2.840.113549.1.1.12", new SignatureScheme(5, Kind.RSA, "SHA384withRSA")),
          Map.entry("1.2.840.113549.1.1.13", new SignatureScheme(6, Kind.RSA, "SHA512withRSA")),
          Map.entry("1.2.840.10040.4.3", new SignatureScheme(7, Kind.UNKNOWN, null)),
          Map.entry("2.16.840.1.101.3.4.3.2", new SignatureScheme(8, Kind.UNKNOWN, null)),
          Map.entry("1.2.840.10045.4.1", new SignatureScheme(9, Kind.EC, null)),
          Map.entry("1.2.840.10045.4.3.2", new SignatureScheme(10, Kind.EC, "SHA256withECDSA")),
          Map.entry("1.2.840.10045.4.3.3", new SignatureScheme(11, Kind.EC, "SHA384withECDSA")),
          Map.entry("1.2.840.10045.4.3.4", new SignatureScheme(12, Kind.EC, "SHA512withECDSA")),
          Map.entry("1.3.101.112", new SignatureScheme(16, Kind.ED25519, "Ed25519")));
  // The one form of RFC 4055 that is in use: hash and MGF1 with the same hash, a salt as long as it.
  private static final String PSS_FORM =
      "3034a00f300d060960864801650304020%1$d0500a11c301a06092a864886f70d010108300d060960864801650304020%1$d0500"
          + "a2030201%2$02x";

  static SignatureScheme parse(Der identifier) {
    String id = identifier.oid("signature algorithm").text();
    byte[] parameters = new byte[0];
    if (!identifier.isEmpty()) {
      int tag = identifier.tag();
      parameters = identifier.element(tag, "parameters of the signature").all();
    }
    if (id.equals(PSS)) {
      return pss(HexFormat.of().formatHex(parameters));
    }
    boolean edwards = id.equals("1.3.101.112");
    return edwards && parameters.length > 0 ? UNKNOWN : KNOWN.getOrDefault(id, UNKNOWN);
  }

  private static SignatureScheme pss(String parameters) {
    for (int hash = 1; hash <= 3; hash++) {
      if (parameters.equals(PSS_FORM.formatted(hash, 16 + 16 * hash))) {
        return new SignatureScheme(12 + hash, Kind.RSA, "RSASSA-PSS");
      }
    }
    throw X509Exception.unsupported("a PSS signature with the parameters `" + parameters + "`");
  }

  /** If a certificate's signature is by the key, and by a scheme that certificates are trusted with. */
  boolean verifies(PublicKeyInfo key, byte[] signed, byte[] signature) {
    boolean fits = algorithm != null && key.kind() == kind;
    if (algorithm == null || !fits || kind == Kind.RSA && key.bits() < MIN_RSA_BITS) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        int size = 256 + 128 * (number - 13);
        String hash = "SHA-" + size;
        verifier.setParameter(
            new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), size / 8, 1));
      }
      verifier.initVerify(key.key());
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // The JDK throws for signatures of a wrong length or form and for keys that it does not trust.
      return false;
    }
  }
}
