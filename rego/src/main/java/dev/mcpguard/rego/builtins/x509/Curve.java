package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key of an elliptic curve (RFC 5915).
 *
 * @param point the bytes of the public point, or null if the key does not say it
 */
record Curve(Oid id, BigInteger secret, byte @Nullable [] point) implements PrivateKeyInfo {
  private static final Map<String, String> WEB =
      Map.of("1.2.840.10045.3.1.7", "P-256", "1.3.132.0.34", "P-384", "1.3.132.0.35", "P-521");
  private static final byte[] PROBE = {1};

  static Curve parse(byte[] bytes, @Nullable Oid outer) {
    Der fields = Der.of(bytes).read(Der.SEQUENCE, "EC private key");
    if (fields.longNumber("version of a private key") != 1) {
      throw X509Exception.malformed("x509: unknown EC private key version");
    }
    BigInteger secret = new BigInteger(1, fields.read(Der.OCTET_STRING, "EC private key").all());
    Oid inner = fields.isNext(0xA0) ? fields.read(0xA0, "curve").oid("curve") : null;
    byte[] point = fields.isNext(0xA1) ? fields.read(0xA1, "point").bits("point").rightAligned() : null;
    Oid id = outer == null ? inner : outer;
    if (id == null) {
      throw X509Exception.malformed("x509: unknown elliptic curve");
    }
    ECParameterSpec curve = PublicKeyInfo.curve(id);
    if (secret.signum() == 0 || secret.compareTo(curve.getOrder()) >= 0) {
      throw X509Exception.malformed("x509: invalid EC private key");
    }
    return new Curve(id, secret, point);
  }

  @Override
  public ObjectValue toWebKey() {
    int size = (PublicKeyInfo.curve(id).getCurve().getField().getFieldSize() + 7) / 8;
    byte[] bytes = point;
    if (bytes == null || bytes.length != 2 * size + 1 || bytes[0] != 4) {
      throw X509Exception.unsupported("an EC private key without its public point");
    }
    byte[] x = Arrays.copyOfRange(bytes, 1, size + 1);
    byte[] y = Arrays.copyOfRange(bytes, size + 1, bytes.length);
    if (!isOf(new ECPoint(new BigInteger(1, x), new BigInteger(1, y)))) {
      throw X509Exception.unsupported("an EC private key with the public point of another");
    }
    return ObjectValue.builder()
        .put("kty", StringValue.of("EC"))
        .put("crv", StringValue.of(WEB.getOrDefault(id.text(), "")))
        .put("x", PrivateKeyInfo.web(x))
        .put("y", PrivateKeyInfo.web(y))
        .put("d", PrivateKeyInfo.web(PrivateKeyInfo.unsigned(secret, size)))
        .build();
  }

  @Override
  public Value toValue(PublicKeyInfo publicKey) {
    ObjectValue fields = (ObjectValue) publicKey.value();
    return fields.toBuilder().put("D", NumberValue.of(secret)).build();
  }

  @Override
  public boolean fits(PublicKeyInfo publicKey) {
    ECParameterSpec curve = PublicKeyInfo.curve(id);
    int bits = (curve.getCurve().getField().getFieldSize() + 7) / 8 * 8;
    return publicKey.kind() == PublicKeyInfo.Kind.EC
        && publicKey.bits() == bits
        && isOf(publicKey.point());
  }

  /** The JDK multiplies no points for us; a signature shows as well that both belong together. */
  private boolean isOf(ECPoint publicPoint) {
    try {
      ECParameterSpec curve = PublicKeyInfo.curve(id);
      KeyFactory factory = KeyFactory.getInstance("EC");
      PrivateKey key = factory.generatePrivate(new ECPrivateKeySpec(secret, curve));
      PublicKey other = factory.generatePublic(new ECPublicKeySpec(publicPoint, curve));
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      signer.initVerify(other);
      signer.update(PROBE);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      // No point of the curve, so not the one of this key.
      return false;
    }
  }

  @Override
  public String toString() {
    return "Curve[" + id.text() + "]";
  }
}
