package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An object identifier. Immutable. */
record Oid(List<BigInteger> parts) {
  private static final int MAX_BYTES = 256;
  private static final BigInteger FORTY = BigInteger.valueOf(40);
  private static final BigInteger EIGHTY = BigInteger.valueOf(80);

  Oid {
    parts = List.copyOf(parts);
  }

  /** An identifier whose parts fit 31 bits, as those that name things must. */
  static Oid parse(byte[] content, String what) {
    Oid oid = parseWide(content, what);
    if (!oid.isNarrow()) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    return oid;
  }

  /** An identifier whose parts may be of any size. */
  static Oid parseWide(byte[] content, String what) {
    if (content.length > MAX_BYTES) {
      throw X509Exception.unsupported("an identifier of " + content.length + " bytes in the " + what);
    }
    List<BigInteger> parts = new ArrayList<>();
    BigInteger part = BigInteger.ZERO;
    boolean first = true;
    for (byte b : content) {
      if (first && b == (byte) 0x80) {
        throw X509Exception.malformed("x509: malformed " + what);
      }
      part = part.shiftLeft(7).or(BigInteger.valueOf(b & 0x7F));
      first = b >= 0;
      if (first) {
        add(parts, part);
        part = BigInteger.ZERO;
      }
    }
    if (!first || parts.isEmpty()) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    return new Oid(parts);
  }

  private static void add(List<BigInteger> parts, BigInteger part) {
    if (!parts.isEmpty()) {
      parts.add(part);
    } else if (part.compareTo(EIGHTY) < 0) {
      parts.add(part.divide(FORTY));
      parts.add(part.mod(FORTY));
    } else {
      parts.add(BigInteger.TWO);
      parts.add(part.subtract(EIGHTY));
    }
  }

  boolean isNarrow() {
    // The first byte holds two parts, so the second may exceed what is coded by 80.
    return parts.get(1).add(EIGHTY).bitLength() <= 31
        && parts.stream().skip(2).allMatch(part -> part.bitLength() <= 31);
  }

  String text() {
    return parts.stream().map(BigInteger::toString).collect(Collectors.joining("."));
  }

  ArrayValue toValue() {
    ArrayValue.Builder array = ArrayValue.builder(parts.size());
    parts.forEach(part -> array.add(NumberValue.of(part)));
    return array.build();
  }
}
