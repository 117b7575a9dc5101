package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** A key of Ed25519 (RFC 8410) by its seed. */
record Edwards(byte[] seed) implements PrivateKeyInfo {
  @Override
  public ObjectValue toWebKey() {
    return ObjectValue.builder()
        .put("kty", StringValue.of("OKP"))
        .put("crv", StringValue.of("Ed25519"))
        .put("x", PrivateKeyInfo.web(publicBytes()))
        .put("d", PrivateKeyInfo.web(seed))
        .build();
  }

  @Override
  public Value toValue(PublicKeyInfo publicKey) {
    byte[] both = Arrays.copyOf(seed, 64);
    System.arraycopy(publicBytes(), 0, both, 32, 32);
    return Fields.bytes(both);
  }

  @Override
  public boolean fits(PublicKeyInfo publicKey) {
    return publicKey.kind() == PublicKeyInfo.Kind.ED25519
        && publicKey.value().equals(Fields.bytes(publicBytes()));
  }

  /** The JDK derives the public key only where it draws the seed, so it draws ours. */
  private byte[] publicBytes() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the jdk has no Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return "Edwards[]";
  }

  /** Draws bytes that were given. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
