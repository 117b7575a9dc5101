package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A certificate (RFC 5280, 4.1), read as Go's crypto/x509 reads it. Never changes once it is made. */
public final class Certificate {
  final byte[] raw;
  final byte[] signedPart;
  final long version;
  final BigInteger serial;
  final SignatureScheme scheme;
  final byte[] rawIssuer;
  final DistinguishedName issuer;
  final Instant notBefore;
  final Instant notAfter;
  final byte[] rawSubject;
  final DistinguishedName subject;
  final PublicKeyInfo publicKey;
  final List<Extension> extensions;
  final ExtensionFields fields;
  final byte[] signature;

  private Certificate(Der element) {
    raw = element.all();
    Der outer = element.read(Der.SEQUENCE, "certificate");
    Der signed = outer.element(Der.SEQUENCE, "tbs certificate");
    signedPart = signed.all();
    Der tbs = signed.read(Der.SEQUENCE, "tbs certificate");
    version = version(tbs);
    serial = tbs.number("serial number");
    if (serial.signum() < 0) {
      throw X509Exception.malformed("x509: negative serial number");
    }
    Der inner = tbs.read(Der.SEQUENCE, "signature algorithm identifier");
    Der same = outer.read(Der.SEQUENCE, "algorithm identifier");
    if (!Arrays.equals(inner.all(), same.all())) {
      throw X509Exception.malformed("x509: inner and outer signature algorithm identifiers don't match");
    }
    scheme = SignatureScheme.parse(inner);
    Der issuerName = tbs.element(Der.SEQUENCE, "issuer");
    rawIssuer = issuerName.all();
    issuer = DistinguishedName.parse(issuerName);
    Der validity = tbs.read(Der.SEQUENCE, "validity");
    notBefore = validity.time();
    notAfter = validity.time();
    Der subjectName = tbs.element(Der.SEQUENCE, "subject");
    rawSubject = subjectName.all();
    subject = DistinguishedName.parse(subjectName);
    publicKey = PublicKeyInfo.parse(tbs.element(Der.SEQUENCE, "spki"));
    extensions = List.copyOf(extensions(tbs));
    fields = ExtensionFields.of(extensions);
    signature = outer.bits("signature").rightAligned();
  }

  private static long version(Der tbs) {
    if (!tbs.isNext(0xA0)) {
      return 1;
    }
    Der explicit = tbs.read(0xA0, "version");
    long version = explicit.longNumber("version") + 1;
    if (version < 1 || version > 3 || !explicit.isEmpty()) {
      throw X509Exception.malformed("x509: invalid version");
    }
    return version;
  }

  private List<Extension> extensions(Der tbs) {
    if (version > 1) {
      tbs.skipOptional(0x81, "issuerUniqueID");
      tbs.skipOptional(0x82, "subjectUniqueID");
    }
    if (version < 3 || !tbs.isNext(0xA3)) {
      return List.of();
    }
    return Extension.parseAll(tbs.read(0xA3, "extensions").read(Der.SEQUENCE, "extensions"));
  }

  /**
   * The certificates whose encodings follow each other without a gap.
   *
   * @throws X509Exception if one is malformed or holds what cannot be shown
   */
  public static List<Certificate> parseAll(byte[] bytes) {
    List<Certificate> certificates = new ArrayList<>();
    Der rest = Der.of(bytes);
    while (!rest.isEmpty()) {
      certificates.add(new Certificate(rest.element(Der.SEQUENCE, "certificate")));
    }
    return certificates;
  }

  /** One certificate and nothing else. */
  static Certificate parse(byte[] bytes) {
    List<Certificate> all = parseAll(bytes);
    if (all.size() != 1) {
      throw X509Exception.malformed("x509: trailing data");
    }
    return all.getFirst();
  }

  /** The fields as Go's encoding/json writes them. */
  public ObjectValue toValue() {
    return CertificateFields.of(this);
  }

  /** The same with {@code URIStrings}, which OPA adds. */
  public ObjectValue toValueWithUris() {
    return toValue().toBuilder()
        .put("URIStrings", Fields.list(fields.names.uris(), uri -> StringValue.of(uri.text())))
        .build();
  }

  /** If both have the same bytes. */
  boolean isSame(Certificate other) {
    return Arrays.equals(raw, other.raw);
  }
}
