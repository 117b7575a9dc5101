package dev.mcpguard.rego.builtins;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Keys of the JDK from PEM text. Pure. */
public final class PemKeys {
  private static final String[] KINDS = {"RSA", "EC", "Ed25519"};

  private PemKeys() {}

  /**
   * The public key of one block, {@code PUBLIC KEY} or {@code CERTIFICATE}, and nothing after it.
   *
   * @throws BuiltinError if the text is anything else
   */
  public static PublicKey publicKey(String text) {
    return publicKey(only(text));
  }

  /**
   * The private key of one block {@code PRIVATE KEY} (PKCS #8, not encrypted).
   *
   * @throws BuiltinError if the text is anything else
   */
  public static PrivateKey privateKey(String text) {
    Pem block = only(text);
    if (!block.type().equals("PRIVATE KEY")) {
      throw BuiltinError.of(
          "a PEM block `" + block.type() + "` is no key of PKCS #8; convert it with"
              + " `openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW`");
    }
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
      } catch (GeneralSecurityException e) {
        // Of another kind; the next one is tried.
        continue;
      }
    }
    throw BuiltinError.of("failed to parse a PEM private key");
  }

  private static Pem only(String text) {
    Pem block = Pem.find(text, 0);
    if (block == null) {
      throw BuiltinError.of("no PEM block");
    }
    if (block.end() < text.length()) {
      throw BuiltinError.of("extra data after a PEM block");
    }
    return block;
  }

  static PublicKey publicKey(Pem block) {
    try {
      if (block.type().equals("CERTIFICATE")) {
        return CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(block.bytes()))
            .getPublicKey();
      }
    } catch (GeneralSecurityException e) {
      throw BuiltinError.of("failed to parse a PEM certificate: " + e.getMessage());
    }
    if (!block.type().equals("PUBLIC KEY")) {
      throw BuiltinError.of("failed to extract a Key from the PEM certificate");
    }
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(block.bytes()));
      } catch (GeneralSecurityException e) {
        // Of another kind; the next one is tried.
        continue;
      }
    }
    throw BuiltinError.of("failed to parse a PEM public key");
  }
}
