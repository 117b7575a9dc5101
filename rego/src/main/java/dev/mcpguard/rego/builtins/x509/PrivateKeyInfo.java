package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A private key of PKCS #1, PKCS #8 or SEC 1. Immutable. */
public sealed interface PrivateKeyInfo permits Curve, Edwards, PrivateKeyInfo.Rsa {
  /** The fields as a JSON web key (RFC 7518). */
  ObjectValue toWebKey();

  /** The fields as Go's encoding/json writes the key of a certificate. */
  Value toValue(PublicKeyInfo publicKey);

  /** If the certificate's key belongs to this one. */
  boolean fits(PublicKeyInfo publicKey);

  /** Reads a block of PEM by its type; null for a type that holds no such key. */
  static @Nullable PrivateKeyInfo parse(String type, byte[] bytes) {
    return switch (type) {
      case "RSA PRIVATE KEY" -> pkcs1(bytes);
      case "PRIVATE KEY" -> pkcs8(bytes);
      case "EC PRIVATE KEY" -> Curve.parse(bytes, null);
      default -> null;
    };
  }

  /** Reads a key whatever its form is. */
  static PrivateKeyInfo parseAny(byte[] bytes) {
    List<java.util.function.Function<byte[], PrivateKeyInfo>> forms =
        List.of(PrivateKeyInfo::pkcs1, PrivateKeyInfo::pkcs8, der -> Curve.parse(der, null));
    for (var form : forms) {
      try {
        return form.apply(bytes);
      } catch (X509Exception e) {
        if (e.isUnsupported()) {
          throw e;
        }
      }
    }
    throw X509Exception.malformed("tls: failed to parse private key");
  }

  private static PrivateKeyInfo pkcs8(byte[] bytes) {
    Der fields = Der.of(bytes).read(Der.SEQUENCE, "private key");
    fields.longNumber("version of a private key");
    Der algorithm = fields.read(Der.SEQUENCE, "algorithm of a private key");
    Oid id = algorithm.oid("algorithm of a private key");
    byte[] key = fields.read(Der.OCTET_STRING, "private key").all();
    if (id.equals(PublicKeyInfo.RSA)) {
      return pkcs1(key);
    } else if (id.equals(PublicKeyInfo.EC)) {
      return Curve.parse(key, algorithm.isNext(Der.OID) ? algorithm.oid("curve") : null);
    } else if (id.equals(PublicKeyInfo.ED25519)) {
      byte[] seed = Der.of(key).read(Der.OCTET_STRING, "Ed25519 private key").all();
      if (!algorithm.isEmpty() || seed.length != 32) {
        throw X509Exception.malformed("x509: invalid Ed25519 private key");
      }
      return new Edwards(seed);
    }
    throw X509Exception.unsupported("a private key of the algorithm `" + id.text() + "`");
  }

  private static PrivateKeyInfo pkcs1(byte[] bytes) {
    Der whole = Der.of(bytes);
    Der fields = whole.read(Der.SEQUENCE, "RSA private key");
    long version = fields.longNumber("version of a private key");
    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      BigInteger number = fields.number("RSA private key");
      if (number.signum() <= 0) {
        throw X509Exception.malformed("x509: private key contains zero or negative value");
      }
      numbers.add(number);
    }
    if (!whole.isEmpty() || version > 1) {
      throw X509Exception.malformed("x509: malformed RSA private key");
    }
    if (version != 0 || !fields.isEmpty()) {
      throw X509Exception.unsupported("an RSA key of more than two primes");
    }
    return new Rsa(numbers).checked();
  }

  /** Base64 of RFC 7515. */
  static StringValue web(byte[] bytes) {
    return StringValue.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The bytes of a number above zero, filled up to a size. */
  static byte[] unsigned(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
    int length = bytes.length - from;
    byte[] sized = new byte[Math.max(size, length)];
    System.arraycopy(bytes, from, sized, sized.length - length, length);
    return sized;
  }

  /** The numbers of RFC 8017, A.1.2, in their order. */
  record Rsa(List<BigInteger> numbers) implements PrivateKeyInfo {
    private static final String[] WEB = {"n", "e", "d", "p", "q", "dp", "dq", "qi"};

    public Rsa {
      numbers = List.copyOf(numbers);
    }

    private BigInteger at(int index) {
      return numbers.get(index);
    }

    Rsa checked() {
      if (at(0).bitLength() > PublicKeyInfo.MAX_RSA_BITS || at(1).bitLength() > 63) {
        throw X509Exception.unsupported("an RSA key of " + at(0).bitLength() + " bits");
      }
      BigInteger p1 = at(3).subtract(BigInteger.ONE);
      BigInteger q1 = at(4).subtract(BigInteger.ONE);
      boolean primes = p1.signum() > 0 && q1.signum() > 0 && at(3).multiply(at(4)).equals(at(0));
      if (!primes
          || !at(1).multiply(at(2)).mod(p1).equals(BigInteger.ONE)
          || !at(1).multiply(at(2)).mod(q1).equals(BigInteger.ONE)
          || !at(5).equals(at(2).mod(p1))
          || !at(6).equals(at(2).mod(q1))
          || !at(7).multiply(at(4)).mod(at(3)).equals(BigInteger.ONE)) {
        throw X509Exception.malformed("crypto/rsa: the numbers of a private key do not belong together");
      }
      return this;
    }

    @Override
    public ObjectValue toWebKey() {
      ObjectValue.Builder key = ObjectValue.builder().put("kty", StringValue.of("RSA"));
      for (int i = 0; i < WEB.length; i++) {
        key.put(WEB[i], web(unsigned(at(i), 0)));
      }
      return key.build();
    }

    @Override
    public Value toValue(PublicKeyInfo publicKey) {
      ObjectValue.Builder precomputed = ObjectValue.builder();
      precomputed.put("Dp", NumberValue.of(at(5))).put("Dq", NumberValue.of(at(6)));
      precomputed.put("Qinv", NumberValue.of(at(7))).put("CRTValues", ArrayValue.EMPTY);
      ObjectValue.Builder key = ObjectValue.builder();
      key.put("N", NumberValue.of(at(0))).put("E", NumberValue.of(at(1)));
      key.put("D", NumberValue.of(at(2)));
      key.put("Primes", ArrayValue.of(NumberValue.of(at(3)), NumberValue.of(at(4))));
      return key.put("Precomputed", precomputed.build()).build();
    }

    @Override
    public boolean fits(PublicKeyInfo publicKey) {
      return publicKey.value() instanceof ObjectValue fields
          && NumberValue.of(at(0)).equals(fields.get("N"))
          && NumberValue.of(at(1)).equals(fields.get("E"));
    }

    @Override
    public String toString() {
      return "Rsa[]";
    }
  }
}
