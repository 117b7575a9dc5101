package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a certificate with the names and forms of Go's {@code x509.Certificate}. */
final class CertificateFields {
  private CertificateFields() {}

  static ObjectValue of(Certificate certificate) {
    ObjectValue.Builder object = ObjectValue.builder(64);
    putBase(object, certificate);
    putUsages(object, certificate.fields);
    putNames(object, certificate.fields.names);
    putConstraints(object, certificate.fields.constraints);
    putPolicies(object, certificate.fields);
    return object.build();
  }

  private static void putBase(ObjectValue.Builder object, Certificate certificate) {
    object
        .put("Raw", Fields.bytes(certificate.raw))
        .put("RawTBSCertificate", Fields.bytes(certificate.signedPart))
        .put("RawSubjectPublicKeyInfo", Fields.bytes(certificate.publicKey.encoded()))
        .put("RawSubject", Fields.bytes(certificate.rawSubject))
        .put("RawIssuer", Fields.bytes(certificate.rawIssuer))
        .put("Signature", Fields.bytes(certificate.signature))
        .put("SignatureAlgorithm", NumberValue.of(certificate.scheme.number()))
        .put("PublicKeyAlgorithm", NumberValue.of(certificate.publicKey.kind().number))
        .put("PublicKey", certificate.publicKey.value())
        .put("Version", NumberValue.of(certificate.version))
        .put("SerialNumber", NumberValue.of(certificate.serial))
        .put("Issuer", certificate.issuer.toValue())
        .put("Subject", certificate.subject.toValue())
        .put("NotBefore", StringValue.of(certificate.notBefore.toString()))
        .put("NotAfter", StringValue.of(certificate.notAfter.toString()))
        .put("Extensions", Fields.list(certificate.extensions, Extension::toValue))
        .put("ExtraExtensions", NullValue.NULL);
  }

  private static void putUsages(ObjectValue.Builder object, ExtensionFields fields) {
    boolean zero = fields.basicConstraints && fields.maxPathLength == 0;
    object
        .put("KeyUsage", NumberValue.of(fields.keyUsage))
        .put("UnhandledCriticalExtensions", Fields.list(fields.unhandled, Oid::toValue))
        .put("ExtKeyUsage", Fields.list(fields.usages, NumberValue::of))
        .put("UnknownExtKeyUsage", Fields.list(fields.unknownUsages, Oid::toValue))
        .put("BasicConstraintsValid", BooleanValue.of(fields.basicConstraints))
        .put("IsCA", BooleanValue.of(fields.authority))
        .put("MaxPathLen", NumberValue.of(fields.maxPathLength))
        .put("MaxPathLenZero", BooleanValue.of(zero))
        .put("SubjectKeyId", Fields.bytes(fields.subjectKeyId))
        .put("AuthorityKeyId", Fields.bytes(fields.authorityKeyId))
        .put("OCSPServer", Fields.texts(fields.statusServers))
        .put("IssuingCertificateURL", Fields.texts(fields.issuerUrls))
        .put("CRLDistributionPoints", Fields.texts(fields.revocationLists));
  }

  static void putNames(ObjectValue.Builder object, AlternativeNames names) {
    object
        .put("DNSNames", Fields.texts(names.dns()))
        .put("EmailAddresses", Fields.texts(names.emails()))
        .put("IPAddresses", Fields.list(names.addresses(), a -> StringValue.of(Fields.address(a))))
        .put("URIs", Fields.list(names.uris(), ResourceName::toValue));
  }

  private static void putConstraints(ObjectValue.Builder object, @Nullable NameConstraints read) {
    boolean critical = read != null && read.critical();
    NameConstraints.Names permitted = read == null ? NameConstraints.Names.NONE : read.permitted();
    NameConstraints.Names excluded = read == null ? NameConstraints.Names.NONE : read.excluded();
    object.put("PermittedDNSDomainsCritical", BooleanValue.of(critical));
    putConstraints(object, "Permitted", permitted);
    putConstraints(object, "Excluded", excluded);
  }

  private static void putConstraints(
      ObjectValue.Builder object, String direction, NameConstraints.Names names) {
    object
        .put(direction + "DNSDomains", Fields.texts(names.dns()))
        .put(direction + "IPRanges", Fields.list(names.networks(), NameConstraints.Network::toValue))
        .put(direction + "EmailAddresses", Fields.texts(names.emails()))
        .put(direction + "URIDomains", Fields.texts(names.uris()));
  }

  private static void putPolicies(ObjectValue.Builder object, ExtensionFields fields) {
    List<Oid> policies = fields.policies;
    Value identifiers = NullValue.NULL;
    if (policies != null) {
      ArrayValue.Builder narrow = ArrayValue.builder();
      policies.stream().filter(Oid::isNarrow).forEach(oid -> narrow.add(oid.toValue()));
      identifiers = narrow.build();
    }
    List<Oid> all = policies == null ? List.of() : policies;
    object
        .put("PolicyIdentifiers", identifiers)
        .put("Policies", Fields.list(all, oid -> StringValue.of(oid.text())))
        .put("PolicyMappings", Fields.list(fields.policyMappings, CertificateFields::mapping));
    putCount(object, "InhibitAnyPolicy", fields.inhibitAnyPolicy);
    putCount(object, "InhibitPolicyMapping", fields.inhibitPolicyMapping);
    putCount(object, "RequireExplicitPolicy", fields.requireExplicitPolicy);
  }

  private static ObjectValue mapping(ExtensionFields.PolicyMapping mapping) {
    return ObjectValue.builder()
        .put("IssuerDomainPolicy", StringValue.of(mapping.issuer().text()))
        .put("SubjectDomainPolicy", StringValue.of(mapping.subject().text()))
        .build();
  }

  private static void putCount(ObjectValue.Builder object, String name, @Nullable Long count) {
    object
        .put(name, NumberValue.of(count == null ? 0 : count))
        .put(name + "Zero", BooleanValue.of(count != null && count == 0));
  }
}
