package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The name of an issuer or subject as a list of attributes. Immutable. */
record DistinguishedName(List<Attribute> attributes) {
  private static final Map<String, String> LISTS =
      Map.of(
          "2.5.4.6", "Country",
          "2.5.4.7", "Locality",
          "2.5.4.8", "Province",
          "2.5.4.9", "StreetAddress",
          "2.5.4.10", "Organization",
          "2.5.4.11", "OrganizationalUnit",
          "2.5.4.17", "PostalCode");
  private static final Map<String, String> SINGLES =
      Map.of("2.5.4.3", "CommonName", "2.5.4.5", "SerialNumber");

  DistinguishedName {
    attributes = List.copyOf(attributes);
  }

  /** One part of a name. */
  record Attribute(Oid type, String text) {
    ObjectValue toValue() {
      return ObjectValue.builder()
          .put("Type", type.toValue())
          .put("Value", StringValue.of(text))
          .build();
    }
  }

  /** The name of a request; Go reads those by other rules, so only what both read alike is taken. */
  static DistinguishedName parseRequested(Der element) {
    byte[] bytes = element.all();
    DistinguishedName name = parse(element);
    for (Attribute attribute : name.attributes) {
      boolean ascii = attribute.text.chars().allMatch(c -> c < 0x80);
      if (!ascii && new String(bytes, StandardCharsets.UTF_8).indexOf(attribute.text) < 0) {
        throw X509Exception.unsupported("a name beyond ascii that is not utf-8");
      }
    }
    return name;
  }

  static DistinguishedName parse(Der element) {
    Der sets = element.read(Der.SEQUENCE, "name");
    List<Attribute> attributes = new ArrayList<>();
    while (!sets.isEmpty()) {
      Der set = sets.read(Der.SET, "name");
      while (!set.isEmpty()) {
        attributes.add(attribute(set.read(Der.SEQUENCE, "attribute of a name")));
      }
    }
    return new DistinguishedName(attributes);
  }

  static Attribute attribute(Der pair) {
    Oid type = pair.oid("type of an attribute");
    int tag = pair.tag();
    return new Attribute(type, text(tag, pair.readAny("value of an attribute").all()));
  }

  static String text(int tag, byte[] bytes) {
    return switch (tag) {
      case 0x0C -> utf8(bytes);
      case 0x12 -> only(bytes, "0123456789 ");
      case 0x13 ->
          only(
              bytes,
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?*&");
      case 0x14 -> new String(bytes, StandardCharsets.ISO_8859_1);
      case 0x16 -> Der.ascii(Der.of(bytes), "a name");
      case 0x1E -> basicPlane(bytes);
      default ->
          throw X509Exception.malformed(
              "x509: invalid attribute value of a name: unsupported string type: " + tag);
    };
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw X509Exception.malformed("x509: invalid name: no utf-8 text");
    }
  }

  private static String only(byte[] bytes, String allowed) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.chars().anyMatch(c -> allowed.indexOf(c) < 0)) {
      throw X509Exception.malformed("x509: invalid name: a character that its string type has not");
    }
    return text;
  }

  private static String basicPlane(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_16BE);
    if (bytes.length % 2 != 0) {
      throw X509Exception.malformed("x509: invalid name: half a character");
    }
    String bare = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    for (int i = 0; i < bare.length(); i++) {
      int c = (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
      if (c >= 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF || c >= 0xD800 && c <= 0xDFFF) {
        throw X509Exception.malformed("x509: invalid name: no character of the basic plane");
      }
    }
    return bare;
  }

  ObjectValue toValue() {
    ObjectValue.Builder name = ObjectValue.builder();
    LISTS.forEach((type, field) -> name.put(field, list(type)));
    SINGLES.forEach((type, field) -> name.put(field, StringValue.of(last(type))));
    ArrayValue.Builder names = ArrayValue.builder();
    attributes.forEach(attribute -> names.add(attribute.toValue()));
    return name.put("Names", attributes.isEmpty() ? NullValue.NULL : names.build())
        .put("ExtraNames", NullValue.NULL)
        .build();
  }

  private Value list(String type) {
    List<String> found =
        attributes.stream().filter(a -> a.type.text().equals(type)).map(Attribute::text).toList();
    return Fields.texts(found);
  }

  private String last(String type) {
    return attributes.stream()
        .filter(a -> a.type.text().equals(type))
        .map(Attribute::text)
        .reduce("", (_, next) -> next);
  }
}
