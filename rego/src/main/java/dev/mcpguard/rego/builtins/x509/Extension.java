package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An extension as it is written in a certificate or asked for in a request. Immutable. */
record Extension(Oid id, boolean critical, byte[] value) {
  static List<Extension> parseAll(Der sequence) {
    List<Extension> extensions = new ArrayList<>();
    Set<Oid> seen = new HashSet<>();
    while (!sequence.isEmpty()) {
      Der fields = sequence.read(Der.SEQUENCE, "extension");
      Oid id = fields.oid("extension OID field");
      boolean critical = fields.isNext(Der.BOOLEAN) && fields.bool("extension critical field");
      byte[] value = fields.read(Der.OCTET_STRING, "extension value field").all();
      if (!seen.add(id)) {
        throw X509Exception.malformed("x509: duplicate extension with OID `" + id.text() + "`");
      }
      extensions.add(new Extension(id, critical, value));
    }
    return extensions;
  }

  ObjectValue toValue() {
    return ObjectValue.builder()
        .put("Id", id.toValue())
        .put("Critical", BooleanValue.of(critical))
        .put("Value", Fields.bytes(value))
        .build();
  }
}
