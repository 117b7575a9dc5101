package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import java.util.List;

/** A chain of certificates with the private key of its first one, as Go's {@code tls.Certificate}. */
public final class KeyPair {
  private KeyPair() {}

  /**
   * The fields as Go's encoding/json writes them.
   *
   * @param certificates the encodings; only the first is read
   * @throws X509Exception if one is malformed or they do not belong together
   */
  public static ObjectValue parse(List<byte[]> certificates, byte[] key) {
    Certificate leaf = Certificate.parse(certificates.getFirst());
    PrivateKeyInfo info = PrivateKeyInfo.parseAny(key);
    if (!info.fits(leaf.publicKey)) {
      throw X509Exception.malformed("tls: private key does not match public key");
    }
    return ObjectValue.builder()
        .put("Certificate", Fields.list(certificates, Fields::bytes))
        .put("PrivateKey", info.toValue(leaf.publicKey))
        .put("SupportedSignatureAlgorithms", NullValue.NULL)
        .put("OCSPStaple", NullValue.NULL)
        .put("SignedCertificateTimestamps", NullValue.NULL)
        .put("Leaf", leaf.toValue())
        .build();
  }
}
