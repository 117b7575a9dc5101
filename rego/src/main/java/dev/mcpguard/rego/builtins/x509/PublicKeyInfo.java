package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;

/**
 * The public key of a certificate or request (RFC 5280, 4.1.2.7). Immutable.
 *
 * @param encoded the whole element
 * @param value as Go writes it
 */
record PublicKeyInfo(byte[] encoded, Kind kind, int bits, Value value) {
  static final Oid RSA = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1);
  static final Oid EC = oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1);
  static final Oid ED25519 = oid(0x2B, 0x65, 0x70);
  private static final Oid DSA = oid(0x2A, 0x86, 0x48, 0xCE, 0x38, 4, 1);
  private static final Map<String, String> CURVES =
      Map.of("1.2.840.10045.3.1.7", "secp256r1", "1.3.132.0.34", "secp384r1", "1.3.132.0.35", "secp521r1");
  private static final byte[] NULL_PARAMETERS = {5, 0};
  // The largest that the JDK takes.
  static final int MAX_RSA_BITS = 16_384;

  /** The kinds of keys with Go's numbers for them. */
  enum Kind {
    UNKNOWN(0, ""),
    RSA(1, "RSA"),
    EC(3, "EC"),
    ED25519(4, "Ed25519");

    final int number;
    final String algorithm;

    Kind(int number, String algorithm) {
      this.number = number;
      this.algorithm = algorithm;
    }
  }

  private static Oid oid(int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return Oid.parse(bytes, "identifier");
  }

  static PublicKeyInfo parse(Der element) {
    byte[] encoded = element.all();
    Der fields = element.read(Der.SEQUENCE, "public key");
    Der algorithm = fields.read(Der.SEQUENCE, "algorithm of the public key");
    Oid id = algorithm.oid("algorithm of the public key");
    byte[] parameters = new byte[0];
    if (!algorithm.isEmpty()) {
      int tag = algorithm.tag();
      parameters = algorithm.element(tag, "parameters of the public key").all();
    }
    byte[] key = fields.bits("public key").rightAligned();
    if (id.equals(RSA)) {
      return rsa(encoded, parameters, key);
    } else if (id.equals(EC)) {
      return ec(encoded, parameters, key);
    } else if (id.equals(ED25519)) {
      return edwards(encoded, parameters, key);
    } else if (id.equals(DSA)) {
      throw X509Exception.unsupported("a DSA key");
    }
    return new PublicKeyInfo(encoded, Kind.UNKNOWN, 0, NullValue.NULL);
  }

  private static PublicKeyInfo rsa(byte[] encoded, byte[] parameters, byte[] key) {
    if (!Arrays.equals(parameters, NULL_PARAMETERS)) {
      throw X509Exception.malformed("x509: RSA key missing NULL parameters");
    }
    Der numbers = Der.of(key).read(Der.SEQUENCE, "RSA public key");
    BigInteger modulus = numbers.number("RSA modulus");
    long exponent = numbers.longNumber("RSA public exponent");
    if (modulus.signum() <= 0 || exponent <= 0) {
      throw X509Exception.malformed("x509: an RSA public key has numbers above zero only");
    }
    int bits = modulus.bitLength();
    if (bits > MAX_RSA_BITS) {
      throw X509Exception.unsupported("an RSA key of " + bits + " bits");
    }
    ObjectValue.Builder value = ObjectValue.builder();
    value.put("N", NumberValue.of(modulus)).put("E", NumberValue.of(exponent));
    return new PublicKeyInfo(encoded, Kind.RSA, bits, value.build());
  }

  private static PublicKeyInfo ec(byte[] encoded, byte[] parameters, byte[] key) {
    ECParameterSpec curve = curve(Der.of(parameters).oid("curve"));
    int size = (curve.getCurve().getField().getFieldSize() + 7) / 8;
    if (key.length != 2 * size + 1 || key[0] != 4) {
      throw X509Exception.malformed("x509: malformed point of an elliptic curve");
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(key, 1, size + 1));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(key, size + 1, key.length));
    if (!isOn(curve, x, y)) {
      throw X509Exception.malformed("x509: a point that is not on its elliptic curve");
    }
    ObjectValue.Builder value = ObjectValue.builder().put("Curve", ObjectValue.EMPTY);
    value.put("X", NumberValue.of(x)).put("Y", NumberValue.of(y));
    return new PublicKeyInfo(encoded, Kind.EC, size * 8, value.build());
  }

  static ECParameterSpec curve(Oid id) {
    String name = CURVES.get(id.text());
    if (name == null) {
      throw X509Exception.unsupported("the elliptic curve `" + id.text() + "`");
    }
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the jdk has no curve " + name, e);
    }
  }

  private static boolean isOn(ECParameterSpec spec, BigInteger x, BigInteger y) {
    BigInteger prime = ((ECFieldFp) spec.getCurve().getField()).getP();
    BigInteger right = x.pow(3).add(spec.getCurve().getA().multiply(x)).add(spec.getCurve().getB());
    boolean inField = x.compareTo(prime) < 0 && y.compareTo(prime) < 0;
    return inField && y.pow(2).mod(prime).equals(right.mod(prime));
  }

  private static PublicKeyInfo edwards(byte[] encoded, byte[] parameters, byte[] key) {
    if (parameters.length != 0 || key.length != 32) {
      throw X509Exception.malformed("x509: an Ed25519 key has 32 bytes and no parameters");
    }
    return new PublicKeyInfo(encoded, Kind.ED25519, 256, Fields.bytes(key));
  }

  /** The key for the JDK. */
  PublicKey key() throws GeneralSecurityException {
    return KeyFactory.getInstance(kind.algorithm).generatePublic(new X509EncodedKeySpec(encoded));
  }

  /** The point of the curve that two coordinates name, without the curve. */
  ECPoint point() {
    ObjectValue fields = (ObjectValue) value;
    return new ECPoint(coordinate(fields.get("X")), coordinate(fields.get("Y")));
  }

  private static BigInteger coordinate(@org.jspecify.annotations.Nullable Value value) {
    return value instanceof NumberValue number ? number.decimal().toBigIntegerExact() : BigInteger.ZERO;
  }
}
