package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A request for a certificate (RFC 2986) in the form of Go's {@code x509.CertificateRequest}. */
public final class CertificateRequest {
  private static final String EXTENSIONS = "1.2.840.113549.1.9.14";
  private static final String NAMES = "2.5.29.17";

  private final ObjectValue.Builder object = ObjectValue.builder(32);
  private final List<Value> attributes = new ArrayList<>();
  private final List<Extension> extensions = new ArrayList<>();

  private CertificateRequest(byte[] bytes) {
    Der whole = Der.of(bytes);
    Der outer = whole.read(Der.SEQUENCE, "certificate request");
    Der signed = outer.element(Der.SEQUENCE, "tbs certificate request");
    byte[] signedPart = signed.all();
    Der info = signed.read(Der.SEQUENCE, "tbs certificate request");
    object.put("Version", NumberValue.of(info.longNumber("version")));
    Der subject = info.element(Der.SEQUENCE, "subject");
    object.put("RawSubject", Fields.bytes(subject.all()));
    object.put("Subject", DistinguishedName.parseRequested(subject).toValue());
    PublicKeyInfo key = PublicKeyInfo.parse(info.element(Der.SEQUENCE, "spki"));
    Der list = info.read(0xA0, "attributes");
    while (!list.isEmpty()) {
      int tag = list.tag();
      readAttribute(list.element(tag, "attribute").all());
    }
    SignatureScheme scheme = SignatureScheme.parse(outer.read(Der.SEQUENCE, "algorithm identifier"));
    byte[] signature = outer.bits("signature").rightAligned();
    if (!whole.isEmpty()) {
      throw X509Exception.malformed("asn1: syntax error: trailing data");
    }
    object
        .put("Raw", Fields.bytes(bytes))
        .put("RawTBSCertificateRequest", Fields.bytes(signedPart))
        .put("RawSubjectPublicKeyInfo", Fields.bytes(key.encoded()))
        .put("Signature", Fields.bytes(signature))
        .put("SignatureAlgorithm", NumberValue.of(scheme.number()))
        .put("PublicKeyAlgorithm", NumberValue.of(key.kind().number))
        .put("PublicKey", key.value());
  }

  /**
   * The fields of a request as Go's encoding/json writes them.
   *
   * @throws X509Exception if it is malformed or holds what cannot be shown
   */
  public static ObjectValue parse(byte[] bytes) {
    CertificateRequest request = new CertificateRequest(bytes);
    AlternativeNames names = AlternativeNames.NONE;
    for (Extension extension : request.extensions) {
      if (extension.id().text().equals(NAMES)) {
        names = AlternativeNames.parse(extension.value());
      }
    }
    CertificateFields.putNames(request.object, names);
    return request
        .object
        .put("Attributes", Fields.list(request.attributes, value -> value))
        .put("Extensions", Fields.list(request.extensions, Extension::toValue))
        .put("ExtraExtensions", NullValue.NULL)
        .build();
  }

  private void readAttribute(byte[] bytes) {
    try {
      attributes.add(attribute(Der.of(bytes).read(Der.SEQUENCE, "attribute")));
    } catch (X509Exception e) {
      // Go leaves out attributes of another form, such as the challenge password.
      if (e.isUnsupported()) {
        throw e;
      }
    }
    Der fields = Der.of(bytes).read(Der.SEQUENCE, "attribute");
    if (fields.oid("attribute").text().equals(EXTENSIONS)) {
      if (!extensions.isEmpty()) {
        throw X509Exception.unsupported("a second list of requested extensions");
      }
      Der values = fields.read(Der.SET, "requested extensions");
      extensions.addAll(Extension.parseAll(values.read(Der.SEQUENCE, "requested extensions")));
    }
  }

  private static Value attribute(Der fields) {
    Oid type = fields.oid("attribute");
    Der values = fields.read(Der.SET, "values of an attribute");
    List<Value> lists = new ArrayList<>();
    while (!values.isEmpty()) {
      Der pairs = values.read(Der.SEQUENCE, "value of an attribute");
      List<Value> list = new ArrayList<>();
      while (!pairs.isEmpty()) {
        list.add(pair(pairs.read(Der.SEQUENCE, "value of an attribute")));
      }
      lists.add(ArrayValue.of(list));
    }
    return ObjectValue.builder()
        .put("Type", type.toValue())
        .put("Value", ArrayValue.of(lists))
        .build();
  }

  private static Value pair(Der fields) {
    Oid type = fields.oid("value of an attribute");
    ObjectValue.Builder pair = ObjectValue.builder().put("Type", type.toValue());
    int tag = fields.tag();
    return switch (tag) {
      case Der.OCTET_STRING ->
          pair.put("Value", Fields.bytes(fields.read(tag, "value of an attribute").all())).build();
      case Der.BOOLEAN ->
          pair.put("Value", BooleanValue.of(fields.bool("value of an attribute"))).build();
      case 0x0C, 0x13, 0x16 ->
          pair.put("Value", StringValue.of(DistinguishedName.text(tag, fields.readAny("text").all())))
              .build();
      default -> throw X509Exception.unsupported("an attribute with a value of the tag " + tag);
    };
  }
}
