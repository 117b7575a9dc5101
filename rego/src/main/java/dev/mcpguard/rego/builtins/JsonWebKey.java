package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys as RFC 7517 writes them. */
final class JsonWebKey {
  private final ObjectValue fields;

  JsonWebKey(ObjectValue fields) {
    this.fields = fields;
  }

  @Nullable String text(String name) {
    return fields.get(name) instanceof StringValue text ? text.text() : null;
  }

  private byte[] bytes(String name) {
    String text = text(name);
    if (text == null) {
      throw BuiltinError.of("failed to parse a JWK key: `" + name + "` is missing");
    }
    return Bytes.base64Url(text);
  }

  private BigInteger number(String name) {
    return new BigInteger(1, bytes(name));
  }

  /** A public key of the JDK, or the bytes of a secret. */
  Object verificationKey() {
    try {
      return switch (String.valueOf(text("kty"))) {
        case "RSA" ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number("n"), number("e")));
        case "EC" ->
            KeyFactory.getInstance("EC")
                .generatePublic(
                    new ECPublicKeySpec(new ECPoint(number("x"), number("y")), curve()));
        case "OKP" ->
            KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, edwardsPoint()));
        case "oct" -> bytes("k");
        default -> throw unsupported();
      };
    } catch (GeneralSecurityException e) {
      throw BuiltinError.of("failed to parse a JWK key: " + e.getMessage());
    }
  }

  /** A private key of the JDK, or the bytes of a secret. */
  Object signingKey() {
    try {
      return switch (String.valueOf(text("kty"))) {
        case "RSA" -> KeyFactory.getInstance("RSA").generatePrivate(rsa());
        case "EC" ->
            KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number("d"), curve()));
        case "OKP" ->
            KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes("d")));
        case "oct" -> bytes("k");
        default -> throw unsupported();
      };
    } catch (GeneralSecurityException e) {
      throw BuiltinError.of("failed to parse a JWK key: " + e.getMessage());
    }
  }

  private RSAPrivateKeySpec rsa() {
    if (text("p") == null || text("dp") == null) {
      return new RSAPrivateKeySpec(number("n"), number("d"));
    }
    return new RSAPrivateCrtKeySpec(
        number("n"),
        number("e"),
        number("d"),
        number("p"),
        number("q"),
        number("dp"),
        number("dq"),
        number("qi"));
  }

  private ECParameterSpec curve() throws GeneralSecurityException {
    String name =
        switch (String.valueOf(text("crv"))) {
          case "P-256" -> "secp256r1";
          case "P-384" -> "secp384r1";
          case "P-521" -> "secp521r1";
          default -> throw unsupported();
        };
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private EdECPoint edwardsPoint() {
    byte[] little = bytes("x");
    if (little.length != 32 || !"Ed25519".equals(text("crv"))) {
      throw unsupported();
    }
    byte[] big = new byte[32];
    for (int i = 0; i < 32; i++) {
      big[i] = little[31 - i];
    }
    boolean odd = (big[0] & 0x80) != 0;
    big[0] &= 0x7F;
    return new EdECPoint(odd, new BigInteger(1, big));
  }

  private static BuiltinError unsupported() {
    return BuiltinError.of("failed to parse a JWK key: unsupported kind of key");
  }
}
